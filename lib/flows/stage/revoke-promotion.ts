import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { isOfEpoch, placeIn } from '../../domain/meeting/participant.ts';
import { Refusal } from '../../refusals.ts';
import { forgetStageReturn } from '../../store/participant/seat-holders.ts';
import { noteEvidence } from '../shared/admit-caller.ts';
import { lookUp, lookUpUnchecked } from '../shared/context.ts';
import { leavePlace } from './leave.ts';

type RevokeRequest = RequestOf<(typeof operations)['revokePromotion']>;

/**
 * End a promotion, of another viewer or one's own: delete the attendee in the primary, which also ends the promotion
 * at Chime. A person who is on stage by their role stays. A viewer who left the stage a moment ago, as a reload
 * does, does not return there. Idempotent.
 */
export async function revokePromotion(request: RevokeRequest, context: RequestContext): Promise<Answer> {
  const { externalUserId } = request;
  const { caller } = context;
  if (caller.role === 'viewer' && caller.externalUserId !== externalUserId)
    throw new Refusal('FORBIDDEN', { detail: 'A viewer may only end their own promotion.' });
  const { topology, participant } = await known(request, context);
  const place = placeIn(topology, participant);
  if (!isOfEpoch(topology, participant) || (place && !place.promoted)) return { status: 204 };
  const subject = {
    topology,
    caller: { externalUserId, role: participant.role },
    knownEpoch: topology.epoch,
  };
  await leavePlace(subject, place, context);
  // This comes last: once the place is being left, no leave request records a return any more.
  if (place || participant.stageReturn) await forgetStageReturn(subject);
  return { status: 204 };
}

/** Look up the viewer. A banned caller may still end their own promotion, but not another one. */
async function known({ externalMeetingId, externalUserId }: RevokeRequest, context: RequestContext) {
  if (externalUserId !== context.caller.externalUserId)
    return lookUp(externalMeetingId, externalUserId, context);
  const own = await lookUpUnchecked(externalMeetingId, externalUserId, context);
  await noteEvidence(externalMeetingId, own.participant, context);
  return own;
}
