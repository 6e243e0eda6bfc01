import * as routes from '../lib/contract/routes/stage.ts';
import { lowerHandOf } from '../lib/flows/stage/lower-hand-of.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/hands/{externalUserId} */
export const handler = endpoint(routes.lowerHandOf, lowerHandOf);
