import * as routes from '../lib/contract/routes/stage.ts';
import { grantPromotion } from '../lib/flows/stage/grant-promotion.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/promotions/{externalUserId} */
export const handler = endpoint(routes.grantPromotion, grantPromotion);
