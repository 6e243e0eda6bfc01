import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { isOfEpoch, placeIn, type StagePlace } from '../../domain/meeting/participant.ts';
import { Refusal } from '../../refusals.ts';
import { forgetStageReturn } from '../../store/participant/seat-holders.ts';
import { noteEvidence } from '../shared/admit-caller.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { type Known, lookUp, lookUpUnchecked } from '../shared/context.ts';
import { leavePlaceForGood } from './leave.ts';

type RevokeRequest = RequestOf<(typeof operations)['revokePromotion']>;

/**
 * End a promotion, of another viewer or one's own: delete the attendee in the primary, which also ends the promotion
 * at Chime. A person who is on stage by their role stays. A viewer who left the stage a moment ago, as a reload
 * does, does not return there. The record is read again until neither place nor return is left, because a reload may
 * have returned the viewer meanwhile; a new promotion meanwhile stands. A place that is being claimed right now is not
 * waited for: without the return, the claim of a reload fails. Idempotent.
 */
export async function revokePromotion(request: RevokeRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, externalUserId } = request;
  const { caller } = context;
  if (caller.role === 'viewer' && caller.externalUserId !== externalUserId)
    throw new Refusal('FORBIDDEN', { detail: 'A viewer may only end their own promotion.' });
  const done = { status: 204 };
  const attempt = async (look: number): Promise<Attempt> => {
    const found =
      look === 0 ? known(request, context) : lookUpUnchecked(externalMeetingId, externalUserId, context);
    return (await demote(await found, look > 0, context)) === 'demoted' ? answered(done) : RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.demotion, attempt, () => done);
}

async function demote(
  { topology, participant }: Known,
  isRepeated: boolean,
  context: RequestContext,
): Promise<'demoted' | 'look-again'> {
  const place = placeIn(topology, participant);
  if (!isOfEpoch(topology, participant) || isByRole(place)) return 'demoted';
  const isNewer = isRepeated && place?.state === 'held' && !place.returned;
  if (isNewer || (!place && !participant.stageReturn)) return 'demoted';
  const { externalUserId, role } = participant;
  const subject = { topology, caller: { externalUserId, role }, knownEpoch: topology.epoch };
  if (participant.stageReturn) await forgetStageReturn(subject);
  await leavePlaceForGood(subject, place, context);
  return 'look-again';
}

/** Whether a person is on stage by their role. A removal that the reconciler began does not say why the person was there. */
const isByRole = (place: StagePlace | undefined): boolean =>
  place !== undefined && !place.promoted && place.state !== 'leaving';

/** Look up the viewer. A banned caller may still end their own promotion, but not another one. */
async function known({ externalMeetingId, externalUserId }: RevokeRequest, context: RequestContext) {
  if (externalUserId !== context.caller.externalUserId)
    return lookUp(externalMeetingId, externalUserId, context);
  const own = await lookUpUnchecked(externalMeetingId, externalUserId, context);
  await noteEvidence(externalMeetingId, own.participant, context);
  return own;
}
