import type { Answer, Call } from '../call.ts';
import { joinAudience } from './join-audience.ts';
import type { JoinRequest } from './join-request.ts';
import { joinStage } from './join-stage.ts';

/** Seat somebody: hosts and presenters on the stage, viewers in a replica. Repeating it gives the same seat. */
export async function joinMeeting(request: JoinRequest, call: Call): Promise<Answer> {
  return call.caller.role === 'viewer' ? joinAudience(request, call) : joinStage(request, call);
}
