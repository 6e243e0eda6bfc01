import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { placeIn, seatIn } from '../domain/participant.ts';
import { leavePlace } from './leave-place.ts';
import { leaveOldSeat } from './leave-seat.ts';
import { lookUp } from './look-up.ts';

type LeaveRequest = RequestOf<(typeof operations)['leaveMeeting']>;

/** Give back whatever the caller holds. Repeating it, or leaving without having joined, changes nothing. */
export async function leaveMeeting({ externalMeetingId }: LeaveRequest, call: Call): Promise<Answer> {
  const { topology, participant } = await lookUp(externalMeetingId, call.caller.externalUserId, call);
  const subject = { topology, caller: call.caller, knownEpoch: participant?.epoch };
  await leaveOldSeat(subject, seatIn(topology, participant), call.now());
  await leavePlace(subject, placeIn(topology, participant), call);
  return { status: 204 };
}
