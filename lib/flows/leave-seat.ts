import type { Seat } from '../domain/participant.ts';
import { replicaKey } from '../store/keys.ts';
import type { Subject } from '../store/participants.ts';
import { leaveSeat } from '../store/seat-holders.ts';
import { countReleased } from '../store/seats.ts';

/** Give back a viewer's seat, if they hold one. It is counted once, however often it is given back. */
export async function leaveOldSeat(subject: Subject, seat: Seat | undefined, now: number): Promise<void> {
  if (!seat || seat.left) return;
  if ((await leaveSeat(subject, seat, now)) === 'lost') return;
  await countReleased(replicaKey(subject.topology, seat.ordinal), 1);
}
