import { operations } from '../lib/contract.ts';
import { lowerHandOf } from '../lib/flows/stage/lower-hand-of.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/hands/{externalUserId} */
export const handler = endpoint(operations.lowerHandOf, lowerHandOf);
