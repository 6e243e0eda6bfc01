import type { Answer, RequestContext } from '../../context.ts';
import { note } from '../../log.ts';
import { Refusal } from '../../refusals.ts';
import type { JoinRequest } from '../shared/join-request.ts';
import { countRefusal } from './count-refusals.ts';
import { joinStage } from './presenter.ts';
import { joinAudience } from './viewer.ts';

/** Join a meeting: hosts and presenters on the stage, viewers in a replica. Idempotent: it returns the same seat. */
export async function joinMeeting(request: JoinRequest, context: RequestContext): Promise<Answer> {
  try {
    const answer = await (context.caller.role === 'viewer'
      ? joinAudience(request, context)
      : joinStage(request, context));
    note(context, factsOf(answer));
    return answer;
  } catch (error) {
    if (error instanceof Refusal) await countRefusal(request.externalMeetingId, error.code, context.now());
    throw error;
  }
}

/** The log facts of a join: the outcome with its reason, and the seat. Never a credential. */
function factsOf({ body }: Answer): Record<string, unknown> {
  const { status: outcome, reason, placement, epoch, role } = body as Record<string, unknown>;
  return { outcome, reason, role, epoch, placement };
}
