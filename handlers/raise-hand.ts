import { operations } from '../lib/contract.ts';
import { raiseHand } from '../lib/flows/stage/raise-hand.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/hand */
export const handler = endpoint(operations.raiseHand, raiseHand);
