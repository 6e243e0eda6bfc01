import * as routes from '../lib/contract/routes/stage.ts';
import { revokePromotion } from '../lib/flows/stage/revoke-promotion.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/promotions/{externalUserId} */
export const handler = endpoint(routes.revokePromotion, revokePromotion);
