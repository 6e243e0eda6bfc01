import type { Call } from '../../call.ts';
import { deleteAttendee } from '../../chime/attendees.ts';
import type { Seat } from '../../domain/meeting/participant.ts';
import { type ReplicaKey, replicaKey } from '../../store/keys.ts';
import type { Subject } from '../../store/participant/participants.ts';
import { forgetRevoked, type Reason, takeSeatAway } from '../../store/participant/seat-holders.ts';
import { readRoll } from '../../store/replica/credentials.ts';
import { countVacant } from '../../store/replica/vacancies.ts';
import { declined, inLine } from '../shared/chime-quota.ts';

/**
 * Take a viewer's seat from them: it is no longer theirs, its attendee is deleted at Chime, and it is counted as
 * vacant, once. The record says what is still to be done until it is done. A seat that is not as it was read is left.
 */
export async function revokeSeat(
  subject: Subject,
  { seat, revoked, reason }: { seat: Seat | undefined; revoked: Seat | undefined; reason: Reason },
  call: Call,
): Promise<void> {
  if (revoked) await finish(subject, revoked, call);
  if (seat && (await takeSeatAway(subject, seat, reason)) === 'done') await finish(subject, seat, call);
}

/** A ticket that a crash lost is nobody's: the attendee is deleted, and the seat counted as vacant. */
export async function revokeLostSeat(replica: ReplicaKey, ticket: number, call: Call): Promise<void> {
  await makeVacant(replica, ticket, call);
}

async function finish(subject: Subject, seat: Seat, call: Call): Promise<void> {
  const replica = replicaKey(subject.topology, seat.ordinal);
  await makeVacant(replica, seat.ticket, call);
  await forgetRevoked(subject, seat);
}

async function makeVacant(replica: ReplicaKey, ticket: number, call: Call): Promise<void> {
  const entry = await readRoll(replica, ticket);
  const deleted = entry
    ? await deleteAttendee(inLine(call, 'long'), entry.Meeting.MeetingId, entry.Attendee.AttendeeId)
    : 'deleted';
  if (deleted !== 'deleted') throw declined(deleted);
  await countVacant(replica, ticket);
}
