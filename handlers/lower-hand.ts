import { operations } from '../lib/contract.ts';
import { lowerHand } from '../lib/flows/stage/lower-hand.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/hand */
export const handler = endpoint(operations.lowerHand, lowerHand);
