import { operations } from '../lib/contract.ts';
import { listHands } from '../lib/flows/stage/list-hands.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/hands */
export const handler = endpoint(operations.listHands, listHands);
