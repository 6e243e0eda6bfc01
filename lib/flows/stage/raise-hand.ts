import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { handIn, isAbandoned, isAttending, placeIn } from '../../domain/meeting/participant.ts';
import { Refusal } from '../../refusals.ts';
import { raise } from '../../store/participant/hands.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { lookUp } from '../shared/context.ts';

type RaiseRequest = RequestOf<(typeof operations)['raiseHand']>;

/**
 * Raise the caller's hand. It stays up until it is lowered, the viewer leaves or is promoted, or the meeting ends.
 * Refused on stage, also while a request is moving the viewer there or back; not if that request died. After a conflict with a leave
 * or a promotion the record is read again.
 */
export async function raiseHand(
  { externalMeetingId }: RaiseRequest,
  context: RequestContext,
): Promise<Answer> {
  const done = { status: 204 };
  const attempt = async (): Promise<Attempt> => {
    const { topology, participant } = await lookUp(externalMeetingId, context.caller.externalUserId, context);
    if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
    if (!isAttending(topology, participant)) throw new Refusal('NOT_JOINED');
    const place = placeIn(topology, participant);
    if (place && !isAbandoned(place, context.now())) throw new Refusal('ON_STAGE');
    if (handIn(topology, participant)) return answered(done);
    const subject = { topology, caller: context.caller, knownEpoch: topology.epoch };
    return (await raise(subject, context.now())) === 'done' ? answered(done) : RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.hand, attempt, () => done);
}
