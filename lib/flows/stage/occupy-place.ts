import { deleteAttendee } from '../../chime/attendees.ts';
import type { RequestContext } from '../../context.ts';
import { placeIn } from '../../domain/meeting/participant.ts';
import { type ChimeAttendee, type Lease, primaryMeetingId } from '../../domain/meeting/topology.ts';
import { readParticipant, type Subject } from '../../store/participant/participants.ts';
import { deletePlace, occupyPlace } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

export interface Holding {
  lease: Lease;
  Attendee: ChimeAttendee;
  promoted: boolean;
}

/**
 * Write down the attendee that was made for somebody. Where they were banned or removed meanwhile, nobody was
 * given it yet: it is deleted, and the place is free again. Where somebody took the claim over and made another, it is
 * deleted too; while they are still at it, they will find it.
 */
export async function hold(ours: Subject, holding: Holding, context: RequestContext): Promise<'now'> {
  const { topology, caller } = ours;
  if ((await occupyPlace(ours, { ...holding, now: context.now() })) === 'done') return 'now';
  const now = await readParticipant(topology.externalMeetingId, caller.externalUserId);
  const place = placeIn(topology, now);
  const isTakenOver = place !== undefined && place.lease?.owner !== holding.lease.owner;
  if (place?.Attendee?.AttendeeId === holding.Attendee.AttendeeId) return 'now';
  if (isTakenOver && place.state !== 'held') return 'now';
  const primary = primaryMeetingId(topology) as string;
  const deleted = await deleteAttendee(chimeLimiter(context, 'long'), primary, holding.Attendee.AttendeeId);
  if (deleted !== 'deleted' || isTakenOver) return 'now';
  await leaveStage(topology, caller.externalUserId);
  await deletePlace(ours, holding.lease);
  return 'now';
}
