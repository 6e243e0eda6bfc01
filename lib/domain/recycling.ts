import { type Participant, seatIn } from './participant.ts';
import type { Topology } from './topology.ts';

/** The client tries to reconnect for 120 s: nobody's seat is taken sooner (amazon-chime-sdk-js, `reconnectTimeoutMs`). */
export const RECONNECT_MS = 120_000;
/** A ticket that is nobody's after this long was drawn by a process that died: functions run for 10 s at most. */
export const LOST_AFTER_MS = 60_000;

/** The seats of one replica, as its counts and its participants say. */
export interface SeatBook {
  ordinal: number;
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
  /** Those who lost their seat, while its attendee is not seen to be deleted yet. */
  revoked: Participant[];
  /** Tickets that a crash lost. */
  lost: number[];
  /** Tickets to look at again next time, and since when they are watched. */
  suspects: number[];
  suspectedAt: number;
}

/**
 * Which seats of a replica can be replaced: of people who left or were disconnected for longer than a client tries
 * to reconnect, and of nobody at all, seen twice. The longest gone come first. Tickets that are watched are watched to
 * the end before others are: however often it is looked, the first sight of them stays.
 */
export function recyclable(topology: Topology, book: SeatBook, now: number): Recycling {
  const leavers = book.holders
    .filter(({ seat }) => seat?.ordinal === book.ordinal)
    .filter((participant) => now - goneSince(topology, participant) > RECONNECT_MS)
    .sort((a, b) => goneSince(topology, a) - goneSince(topology, b));
  const revoked = book.holders.filter((participant) => participant.revoked?.ordinal === book.ordinal);
  return { leavers, revoked, ...losses(book, now) };
}

function losses(book: SeatBook, now: number): Pick<Recycling, 'lost' | 'suspects' | 'suspectedAt'> {
  const nobodys = ticketsOfNobody(book);
  const watched = nobodys.filter((ticket) => book.suspects.has(ticket));
  const others = nobodys.filter((ticket) => !book.suspects.has(ticket));
  if (now - book.suspectedAt > LOST_AFTER_MS) return { lost: watched, suspects: others, suspectedAt: now };
  if (watched.length === 0) return { lost: [], suspects: others, suspectedAt: now };
  return { lost: [], suspects: watched, suspectedAt: book.suspectedAt };
}

/** Is somebody away from the seat that they hold, be it that they left it, or that Chime saw them go? */
export function isAway(topology: Topology, participant: Participant): boolean {
  return seatIn(topology, participant) !== undefined && goneSince(topology, participant) < Infinity;
}

/** Since when somebody is not in their seat (milliseconds since the epoch); infinity while they are. */
function goneSince(topology: Topology, participant: Participant): number {
  const seat = seatIn(topology, participant);
  if (!seat) return Number.POSITIVE_INFINITY;
  if (seat.left) return seat.leftAt ?? 0;
  const { presence } = participant;
  const isOfSeat = presence?.meetingId === seat.meetingId;
  const isGone = isOfSeat && presence.state !== 'present' && presence.at > seat.joinedAt;
  return isGone ? presence.at : Number.POSITIVE_INFINITY;
}

function ticketsOfNobody({ ordinal, taken, spare, vacant, holders }: SeatBook): number[] {
  const seats = holders.flatMap(({ seat, revoked }) => [seat, revoked]);
  const held = new Set(seats.map((seat) => (seat?.ordinal === ordinal ? seat.ticket : undefined)));
  const drawn = Array.from({ length: taken }, (_, ticket) => ticket);
  return drawn.filter((ticket) => !held.has(ticket) && !spare.has(ticket) && !vacant.has(ticket));
}

/** Is a replica running short of seats? */
export function runsShort({ taken, minted, spare }: Pick<SeatBook, 'taken' | 'minted' | 'spare'>): boolean {
  return minted - taken + spare.size < minted * 0.2;
}
