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
 * Take a promoted viewer off the stage, or step down oneself: the attendee in the primary is deleted, which ends
 * the promotion at Chime too. A person who is on stage by their role stays. A viewer who left the stage a moment ago, as a reload
 * does, is not put there again. Repeatable.
 */
export async function revokePromotion(request: RevokeRequest, context: RequestContext): Promise<Answer> {
  const { externalUserId } = request;
  const { caller } = context;
  if (caller.role === 'viewer' && caller.externalUserId !== externalUserId)
    throw new Refusal('FORBIDDEN', { detail: 'A viewer may take only themselves off the stage.' });
  const { topology, participant } = await known(request, context);
  const place = placeIn(topology, participant);
  if (!isOfEpoch(topology, participant) || (place && !place.promoted)) return { status: 204 };
  const subject = {
    topology,
    caller: { externalUserId, role: participant.role },
    knownEpoch: topology.epoch,
  };
  await leavePlace(subject, place, context);
  // Last: from when the place is being taken away on, no leave notes a return any more.
  if (place || participant.stageReturn) await forgetStageReturn(subject);
  return { status: 204 };
}

/** To step down oneself takes from nobody: a banned caller may. To take another person off the stage is an act of a manager. */
async function known({ externalMeetingId, externalUserId }: RevokeRequest, context: RequestContext) {
  if (externalUserId !== context.caller.externalUserId)
    return lookUp(externalMeetingId, externalUserId, context);
  const own = await lookUpUnchecked(externalMeetingId, externalUserId, context);
  await noteEvidence(externalMeetingId, own.participant, context);
  return own;
}
