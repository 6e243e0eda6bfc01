import type { Call } from '../../call.ts';
import { deleteAttendee } from '../../chime/attendees.ts';
import { placeIn } from '../../domain/meeting/participant.ts';
import { type ChimeAttendee, type Lease, primaryMeetingId } from '../../domain/meeting/topology.ts';
import { readParticipant, type Subject } from '../../store/participant/participants.ts';
import { dropPlace, holdPlace } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { inLine } from '../shared/chime-quota.ts';

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
export async function hold(ours: Subject, holding: Holding, call: Call): Promise<'at-once'> {
  const { topology, caller } = ours;
  if ((await holdPlace(ours, { ...holding, now: call.now() })) === 'done') return 'at-once';
  const now = await readParticipant(topology.externalMeetingId, caller.externalUserId);
  const place = placeIn(topology, now);
  const isTakenOver = place !== undefined && place.lease?.owner !== holding.lease.owner;
  if (place?.Attendee?.AttendeeId === holding.Attendee.AttendeeId) return 'at-once';
  if (isTakenOver && place.state !== 'held') return 'at-once';
  const primary = primaryMeetingId(topology) as string;
  const deleted = await deleteAttendee(inLine(call, 'long'), primary, holding.Attendee.AttendeeId);
  if (deleted !== 'deleted' || isTakenOver) return 'at-once';
  await leaveStage(topology, caller.externalUserId);
  await dropPlace(ours, holding.lease);
  return 'at-once';
}
