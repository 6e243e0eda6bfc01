import { allSettledOrThrow } from '../../all-settled.ts';
import type { Seat } from '../../domain/meeting/participant.ts';
import { replicaKey } from '../../store/keys.ts';
import type { Subject } from '../../store/participant/participants.ts';
import { type LeavesStage, leaveSeat } from '../../store/participant/seat-holders.ts';
import { markAway } from '../../store/replica/seats.ts';
import { noteSeatLeft } from '../shared/ledger.ts';

/**
 * Leave a viewer's seat, if there is one. Idempotent; a repetition also sets the away mark that a crash left out.
 * With `from` a viewer who is still on stage returns there by a timely join. With `sessionId` a viewer who joined
 * since keeps the seat.
 */
export async function leaveOldSeat(
  subject: Subject,
  seat: Seat | undefined,
  { now, from, sessionId }: { now: number; from?: LeavesStage | undefined; sessionId?: string | undefined },
): Promise<void> {
  if (!seat) return;
  const noted =
    from !== undefined && !seat.left && (await leaveSeat(subject, seat, { now, from, sessionId })) === 'done';
  if (!noted && !seat.left && (await leaveSeat(subject, seat, { now, sessionId })) === 'conflict') return;
  await allSettledOrThrow([
    markAway(replicaKey(subject.topology, seat.ordinal), seat.ticket),
    ...(seat.left ? [] : [noteSeatLeft(subject, seat, now)]),
  ]);
}
