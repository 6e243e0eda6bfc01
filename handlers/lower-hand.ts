import * as routes from '../lib/contract/routes/stage.ts';
import { lowerHand } from '../lib/flows/stage/lower-hand.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/hand */
export const handler = endpoint(routes.lowerHand, lowerHand);
