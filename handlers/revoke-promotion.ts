import { stageOperations } from '../lib/contract/operations-stage.ts';
import { revokePromotion } from '../lib/flows/stage/revoke-promotion.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/promotions/{externalUserId} */
export const handler = endpoint(stageOperations.revokePromotion, revokePromotion);
