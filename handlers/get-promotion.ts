import * as routes from '../lib/contract/routes/stage.ts';
import { getPromotion } from '../lib/flows/stage/get-promotion.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/promotion */
export const handler = endpoint(routes.getPromotion, getPromotion);
