import * as routes from '../lib/contract/routes/stage.ts';
import { listHands } from '../lib/flows/stage/list-hands.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/hands */
export const handler = endpoint(routes.listHands, listHands);
