import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { latestCapabilities } from '../../domain/meeting/muting.ts';
import {
  epochIn,
  heldAttendee,
  isPromoted,
  placeIn,
  RETURN_WITHIN_MS,
  seatIn,
} from '../../domain/meeting/participant.ts';
import { lower } from '../../store/participant/hands.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import type { LeavesStage } from '../../store/participant/seat-holders.ts';
import { leaveOldSeat } from '../seats/leave-seat.ts';
import { type Known, lookUpUnchecked } from '../shared/context.ts';
import { leaveOwnPlace } from '../stage/leave.ts';

type LeaveRequest = RequestOf<(typeof operations)['leaveMeeting']>;

/**
 * Give back whatever the caller holds. Repeating it, or leaving without having joined, changes nothing. Once the
 * seat is given back no promotion gets through, so it is then that the place on stage is looked for. A closing page and a reload
 * look the same: a promoted viewer who joins again within `RETURN_WITHIN_MS` is put on stage again. The goodbye of a session takes
 * nothing from a later one of the same person, on another device or after a reload.
 */
export async function leaveMeeting(
  { externalMeetingId, body }: LeaveRequest,
  context: RequestContext,
): Promise<Answer> {
  const { sessionId } = body;
  const { topology, participant } = await lookUpUnchecked(
    externalMeetingId,
    context.caller.externalUserId,
    context,
  );
  if (sessionId !== undefined && sessionId !== participant?.sessionId) return { status: 204 };
  const subject = { topology, caller: context.caller, knownEpoch: epochIn(topology, participant) };
  const seat = seatIn(topology, participant);
  const from = promotionOf({ topology, participant }, context);
  await leaveOldSeat(subject, seat, { now: context.now(), from, sessionId });
  const now = seat ? await readParticipant(externalMeetingId, context.caller.externalUserId) : participant;
  const hasLeft = seatIn(topology, now)?.left ?? true; // no hand is raised any more
  if (now?.hand && hasLeft) await lower(subject);
  await leaveOwnPlace(subject, { place: placeIn(topology, now), sessionId }, context);
  return { status: 204 };
}

/** The promotion that the caller leaves with, if there is one. */
function promotionOf({ topology, participant }: Known, context: RequestContext): LeavesStage | undefined {
  const Attendee = isPromoted(topology, participant) ? heldAttendee(topology, participant) : undefined;
  if (!Attendee || !participant?.place) return undefined;
  const capabilities = latestCapabilities(participant.place);
  const until = context.now() + RETURN_WITHIN_MS;
  return { attendeeId: Attendee.AttendeeId, stageReturn: { until, ...(capabilities && { capabilities }) } };
}
