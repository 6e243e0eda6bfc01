import * as routes from '../lib/contract/routes/moderation.ts';
import { provisionSeats } from '../lib/flows/opening/provision-seats.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/seats */
export const handler = endpoint(routes.provisionSeats, provisionSeats);
