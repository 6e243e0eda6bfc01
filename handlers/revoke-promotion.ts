import { operations } from '../lib/contract.ts';
import { revokePromotion } from '../lib/flows/stage/revoke-promotion.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/promotions/{externalUserId} */
export const handler = endpoint(operations.revokePromotion, revokePromotion);
