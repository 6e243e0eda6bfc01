import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { latestCapabilities } from '../../domain/meeting/muting.ts';
import { placeIn, promotedAttendee, seatIn } from '../../domain/meeting/participant.ts';
import { settings } from '../../settings.ts';
import { lower } from '../../store/participant/hands.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import type { LeavesStage } from '../../store/participant/seat-holders.ts';
import { leaveOldSeat } from '../seats/leave-seat.ts';
import { type Known, lookUpUnchecked, subjectOf } from '../shared/context.ts';
import { leaveOwnPlace } from '../stage/leave.ts';

type LeaveRequest = RequestOf<(typeof operations)['leaveMeeting']>;

/**
 * Leave the seat and the place on stage of the caller. Idempotent, also without a join before. No promotion succeeds
 * once the seat is left, so the place on stage is read after that. A closed page and a reload look the same: a
 * promoted viewer who joins again within `stageReturnMs` returns to the stage. The leave of a session does not
 * affect a later session of the same person.
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
  const subject = subjectOf({ topology, participant }, context);
  const seat = seatIn(topology, participant);
  const from = promotionOf({ topology, participant }, context);
  await leaveOldSeat(subject, seat, { now: context.now(), from, sessionId });
  const now = seat ? await readParticipant(externalMeetingId, context.caller.externalUserId) : participant;
  const hasLeft = seatIn(topology, now)?.left ?? true; // from here on no hand can be raised
  if (now?.hand && hasLeft) await lower(subject);
  await leaveOwnPlace(subject, { place: placeIn(topology, now), sessionId }, context);
  return { status: 204 };
}

/** The promotion that the caller leaves with, if any. */
function promotionOf({ topology, participant }: Known, context: RequestContext): LeavesStage | undefined {
  const Attendee = promotedAttendee(topology, participant);
  if (!Attendee || !participant?.place) return undefined;
  const capabilities = latestCapabilities(participant.place);
  const until = context.now() + settings().stageReturnMs;
  return { attendeeId: Attendee.AttendeeId, stageReturn: { until, ...(capabilities && { capabilities }) } };
}
