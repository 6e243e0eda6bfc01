import * as routes from '../lib/contract/routes/moderation.ts';
import { drainRegion } from '../lib/flows/meeting/drain-region.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/drains/{mediaRegion} */
export const handler = endpoint(routes.drainRegion, drainRegion);
