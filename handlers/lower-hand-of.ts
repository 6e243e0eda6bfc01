import { stageOperations } from '../lib/contract/operations-stage.ts';
import { lowerHandOf } from '../lib/flows/stage/lower-hand-of.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/hands/{externalUserId} */
export const handler = endpoint(stageOperations.lowerHandOf, lowerHandOf);
