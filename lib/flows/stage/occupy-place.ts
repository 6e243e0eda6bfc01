import { deleteAttendeeOnce } from '../../chime/attendees.ts';
import type { RequestContext } from '../../context.ts';
import { placeIn } from '../../domain/meeting/participant.ts';
import type { ChimeAttendee, Lease } from '../../domain/meeting/topology.ts';
import { type LiveSubject, readParticipant } from '../../store/participant/participants.ts';
import { deletePlace, type Entry, occupyPlace } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { RETRY_NOW, type Retry } from '../shared/attempt.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { untilDeleted } from '../shared/until-deleted.ts';

export interface Holding extends Entry {
  lease: Lease;
  Attendee: ChimeAttendee;
}

/**
 * Record the attendee that was created for a person. Two cases leave an attendee that no client got:
 * 1. The person was banned, removed or demoted meanwhile: the attendee is deleted, and the place is freed.
 * 2. Another request took over the claim. If that request has recorded another attendee, this one is deleted. If it
 *    is still at work, it will find this attendee.
 */
export async function recordAttendee(
  ours: LiveSubject,
  holding: Holding,
  context: RequestContext,
): Promise<Retry> {
  const { topology, caller } = ours;
  if ((await occupyPlace(ours, { ...holding, now: context.now() })) === 'done') return RETRY_NOW;
  const now = await readParticipant(topology.externalMeetingId, caller.externalUserId);
  const place = placeIn(topology, now);
  const isTakenOver = place !== undefined && place.lease?.owner !== holding.lease.owner;
  if (place?.Attendee?.AttendeeId === holding.Attendee.AttendeeId) return RETRY_NOW;
  if (isTakenOver && place.state !== 'held') return RETRY_NOW;
  const primary = topology.primary.Meeting.MeetingId;
  const limiter = chimeLimiter(context, 'long');
  const { AttendeeId } = holding.Attendee;
  const deleted = await untilDeleted(topology, context, () =>
    deleteAttendeeOnce(limiter, primary, AttendeeId),
  );
  if (deleted !== 'deleted' || isTakenOver) return RETRY_NOW;
  await leaveStage(topology, caller.externalUserId);
  await deletePlace(ours, holding.lease);
  return RETRY_NOW;
}
