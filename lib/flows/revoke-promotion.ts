import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { epochIn, placeIn } from '../domain/participant.ts';
import { Refusal } from '../refusals.ts';
import { noteEvidence } from './admit-caller.ts';
import { leavePlace } from './leave-place.ts';
import { lookUp, lookUpUnchecked } from './look-up.ts';

type RevokeRequest = RequestOf<(typeof operations)['revokePromotion']>;

/**
 * Take a promoted viewer off the stage, or step down oneself: the attendee in the primary is deleted, which ends
 * the promotion at Chime too. Whoever is on stage by their role stays. Repeatable.
 */
export async function revokePromotion(request: RevokeRequest, call: Call): Promise<Answer> {
  const { externalUserId } = request;
  const { caller } = call;
  if (caller.role === 'viewer' && caller.externalUserId !== externalUserId)
    throw new Refusal('FORBIDDEN', { detail: 'A viewer may take only themselves off the stage.' });
  const { topology, participant } = await known(request, call);
  const place = placeIn(topology, participant);
  if (!participant || !place?.promoted) return { status: 204 };
  const subject = {
    topology,
    caller: { externalUserId, role: participant.role },
    knownEpoch: epochIn(topology, participant),
  };
  await leavePlace(subject, place, call);
  return { status: 204 };
}

/** To step down oneself takes from nobody: a banned caller may. To take another person off the stage is an act of a manager. */
async function known({ externalMeetingId, externalUserId }: RevokeRequest, call: Call) {
  if (externalUserId !== call.caller.externalUserId) return lookUp(externalMeetingId, externalUserId, call);
  const own = await lookUpUnchecked(externalMeetingId, externalUserId, call);
  await noteEvidence(externalMeetingId, own.participant, call);
  return own;
}
