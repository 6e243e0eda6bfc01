import { allSettledOrThrow } from '../../all-settled.ts';
import { deleteAttendee } from '../../chime/attendees.ts';
import type { RequestContext } from '../../context.ts';
import type { Seat } from '../../domain/meeting/participant.ts';
import { type ReplicaKey, replicaKey } from '../../store/keys.ts';
import type { Subject } from '../../store/participant/participants.ts';
import { forgetRevoked, type Reason, takeSeatAway } from '../../store/participant/seat-holders.ts';
import { readCredentials } from '../../store/replica/credentials.ts';
import { countRetired } from '../../store/replica/retired-tickets.ts';
import { chimeLimiter, declined } from '../shared/chime-quota.ts';
import { noteSeatLeft } from '../shared/ledger.ts';

/**
 * Take a viewer's seat away: unassign it, delete its attendee at Chime, and retire its ticket once. The record holds
 * the unfinished steps until they are done. A seat that is not as it was read stays. Its end is noted once the attendee is deleted:
 * until then the viewer may be connected.
 */
export async function revokeSeat(
  subject: Subject,
  { seat, revoked, reason }: { seat: Seat | undefined; revoked: Seat | undefined; reason: Reason },
  context: RequestContext,
): Promise<void> {
  if (revoked) await finish(subject, revoked, context);
  if (!seat || (await takeSeatAway(subject, seat, reason)) === 'conflict') return;
  await finish(subject, seat, context);
}

/**
 * Retire a leaked ticket, which a crash left without a holder: delete its attendee, then count the ticket as
 * retired.
 */
export async function revokeLeakedSeat(
  replica: ReplicaKey,
  ticket: number,
  context: RequestContext,
): Promise<void> {
  await makeRetired(replica, ticket, context);
}

async function finish(subject: Subject, seat: Seat, context: RequestContext): Promise<void> {
  const replica = replicaKey(subject.topology, seat.ordinal);
  await makeRetired(replica, seat.ticket, context);
  await allSettledOrThrow([
    forgetRevoked(subject, seat),
    noteSeatLeft(subject, seat, seat.leftAt ?? context.now()),
  ]);
}

async function makeRetired(replica: ReplicaKey, ticket: number, context: RequestContext): Promise<void> {
  const entry = await readCredentials(replica, ticket);
  const deleted = entry
    ? await deleteAttendee(chimeLimiter(context, 'long'), entry.Meeting.MeetingId, entry.Attendee.AttendeeId)
    : 'deleted';
  if (deleted !== 'deleted') throw declined(deleted);
  await countRetired(replica, ticket);
}
