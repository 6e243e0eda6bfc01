import { operations } from '../lib/contract.ts';
import { getPromotion } from '../lib/flows/stage/get-promotion.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/promotion */
export const handler = endpoint(operations.getPromotion, getPromotion);
