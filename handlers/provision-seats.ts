import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { provisionSeats } from '../lib/flows/opening/provision-seats.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/seats */
export const handler = endpoint(moderationOperations.provisionSeats, provisionSeats);
