import type { Seat } from '../domain/participant.ts';
import { replicaKey } from '../store/keys.ts';
import type { Subject } from '../store/participants.ts';
import { leaveSeat } from '../store/seat-holders.ts';
import { markAway } from '../store/seats.ts';

/** Give back a viewer's seat, if they hold one. Repeating it changes nothing, and repeats what a crash left out: the mark. */
export async function leaveOldSeat(subject: Subject, seat: Seat | undefined, now: number): Promise<void> {
  if (!seat || (!seat.left && (await leaveSeat(subject, seat, now)) === 'lost')) return;
  await markAway(replicaKey(subject.topology, seat.ordinal), seat.ticket);
}
