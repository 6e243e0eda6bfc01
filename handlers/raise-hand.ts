import { stageOperations } from '../lib/contract/operations-stage.ts';
import { raiseHand } from '../lib/flows/stage/raise-hand.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/hand */
export const handler = endpoint(stageOperations.raiseHand, raiseHand);
