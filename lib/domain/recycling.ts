import { type Participant, seatIn } from './participant.ts';
import type { Topology } from './topology.ts';

/** The client tries to reconnect for 120 s: nobody's seat is taken sooner (amazon-chime-sdk-js, `reconnectTimeoutMs`). */
export const RECONNECT_MS = 120_000;
/** A ticket that is nobody's after this long was drawn by a process that died: functions run for 10 s at most. */
export const LOST_AFTER_MS = 60_000;

/** The seats of one replica, as its counts and its participants say. */
export interface SeatBook {
  taken: number;
  minted: number;
  spare: ReadonlySet<number>;
  vacant: ReadonlySet<number>;
  /** Tickets that were nobody's when last looked at, and since when. */
  suspects: ReadonlySet<number>;
  suspectedAt: number;
  holders: readonly Participant[];
}

export interface Recycling {
  /** Those whose seat may be given to nobody else, but be replaced by a new one. */
  leavers: Participant[];
  /** Tickets that a crash lost. */
  lost: number[];
  /** Tickets to look at again next time. */
  suspects: number[];
}

/**
 * Which seats of a replica can be replaced: of people who left or were disconnected for longer than a client tries
 * to reconnect, and of nobody at all, seen twice. The longest gone come first.
 */
export function recyclable(topology: Topology, book: SeatBook, now: number): Recycling {
  const leavers = book.holders
    .filter((participant) => now - goneSince(topology, participant) > RECONNECT_MS)
    .sort((a, b) => goneSince(topology, a) - goneSince(topology, b));
  const nobodys = ticketsOfNobody(book);
  const isOld = now - book.suspectedAt > LOST_AFTER_MS;
  const lost = nobodys.filter((ticket) => isOld && book.suspects.has(ticket));
  return { leavers, lost, suspects: nobodys.filter((ticket) => !lost.includes(ticket)) };
}

/** Since when somebody is not in their seat (milliseconds since the epoch); infinity while they are. */
function goneSince(topology: Topology, participant: Participant): number {
  const seat = seatIn(topology, participant);
  if (!seat) return Number.POSITIVE_INFINITY;
  if (seat.left) return seat.leftAt ?? 0;
  const { presence } = participant;
  const isGone = presence && presence.state !== 'present' && presence.at > seat.joinedAt;
  return isGone ? presence.at : Number.POSITIVE_INFINITY;
}

function ticketsOfNobody({ taken, spare, vacant, holders }: SeatBook): number[] {
  const held = new Set(holders.flatMap(({ seat, revoked }) => [seat?.ticket, revoked?.ticket]));
  const drawn = Array.from({ length: taken }, (_, ticket) => ticket);
  return drawn.filter((ticket) => !held.has(ticket) && !spare.has(ticket) && !vacant.has(ticket));
}

/** Is a replica running short of seats? */
export function runsShort({ taken, minted, spare }: Pick<SeatBook, 'taken' | 'minted' | 'spare'>): boolean {
  return minted - taken + spare.size < minted * 0.2;
}
