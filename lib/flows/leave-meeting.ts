import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { epochIn, placeIn, seatIn } from '../domain/participant.ts';
import { readParticipant } from '../store/participants.ts';
import { leaveOwnPlace } from './leave-place.ts';
import { leaveOldSeat } from './leave-seat.ts';
import { lookUpUnchecked } from './look-up.ts';

type LeaveRequest = RequestOf<(typeof operations)['leaveMeeting']>;

/**
 * Give back whatever the caller holds. Repeating it, or leaving without having joined, changes nothing. Once the
 * seat is given back no promotion gets through, so it is then that the place on stage is looked for.
 */
export async function leaveMeeting({ externalMeetingId }: LeaveRequest, call: Call): Promise<Answer> {
  const { topology, participant } = await lookUpUnchecked(
    externalMeetingId,
    call.caller.externalUserId,
    call,
  );
  const subject = { topology, caller: call.caller, knownEpoch: epochIn(topology, participant) };
  const seat = seatIn(topology, participant);
  await leaveOldSeat(subject, seat, call.now());
  const now = seat ? await readParticipant(externalMeetingId, call.caller.externalUserId) : participant;
  await leaveOwnPlace(subject, placeIn(topology, now), call);
  return { status: 204 };
}
