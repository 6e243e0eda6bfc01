import * as routes from '../lib/contract/routes/stage.ts';
import { raiseHand } from '../lib/flows/stage/raise-hand.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/hand */
export const handler = endpoint(routes.raiseHand, raiseHand);
