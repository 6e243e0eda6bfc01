import { hearsEvents, seatReplaceableAt } from './absence.ts';
import { type Participant, seatIn } from './participant.ts';
import type { Topology } from './topology.ts';

/** A ticket that is nobody's after this long was drawn by a process that died: functions run for 10 s at most. */
export const LOST_AFTER_MS = 60_000;

/** The seats of one replica, as its counts and its participants say. */
export interface SeatBook {
  ordinal: number;
  taken: number;
  minted: number;
  returned: ReadonlySet<number>;
  /** Tickets whose seat was vacated: its attendee is deleted at Chime, and the number is never drawn again. */
  retired: ReadonlySet<number>;
  /** Tickets whose viewer gave the seat back, or whom a crash lost: not counted as seated. */
  away: ReadonlySet<number>;
  /** Tickets that were nobody's when last looked at, and since when. */
  leakCandidates: ReadonlySet<number>;
  leaksNotedAt: number;
  holders: readonly Participant[];
}

export interface Recycling {
  /** Viewers whose seat may be replaced: it is given to no other viewer, a new one is minted for it. */
  leavers: Participant[];
  /** Those who lost their seat, while its attendee is not seen to be deleted yet. */
  revoked: Participant[];
  /** Tickets that a crash lost. */
  leaked: number[];
  /** Tickets to look at again next time, and since when they are watched. */
  leakCandidates: number[];
  leaksNotedAt: number;
}

export interface Waits {
  now: number;
  /** How long a viewer without a connection keeps the seat without any sign of presence (milliseconds); 0 is for ever. */
  droppedSeatMs: number;
}

/**
 * Which seats of a replica can be replaced: of viewers who are gone for long enough (`seatReplaceableAt`), and those that no record
 * names, seen twice. The longest gone come first. Tickets that are watched are watched to the end before others are: however
 * often it is looked, the first sight of them stays.
 */
export function recyclable(topology: Topology, book: SeatBook, { now, droppedSeatMs }: Waits): Recycling {
  const maxWait = { droppedSeatMs, hearsEvents: hearsEvents(topology, book.holders) };
  const replaceableAt = (participant: Participant) => {
    const seat = seatIn(topology, participant);
    return seat ? seatReplaceableAt(topology, { seat, participant }, maxWait) : Number.POSITIVE_INFINITY;
  };
  const leavers = book.holders
    .filter(({ seat }) => seat?.ordinal === book.ordinal)
    .map((participant) => ({ participant, from: replaceableAt(participant) }))
    .filter(({ from }) => now > from)
    .sort((a, b) => a.from - b.from)
    .map(({ participant }) => participant);
  const revoked = book.holders.filter((participant) => participant.revoked?.ordinal === book.ordinal);
  return { leavers, revoked, ...losses(book, now) };
}

function losses(book: SeatBook, now: number): Pick<Recycling, 'leaked' | 'leakCandidates' | 'leaksNotedAt'> {
  const nobodys = ticketsOfNobody(book);
  const watched = nobodys.filter((ticket) => book.leakCandidates.has(ticket));
  const others = nobodys.filter((ticket) => !book.leakCandidates.has(ticket));
  if (now - book.leaksNotedAt > LOST_AFTER_MS)
    return { leaked: watched, leakCandidates: others, leaksNotedAt: now };
  if (watched.length === 0) return { leaked: [], leakCandidates: others, leaksNotedAt: now };
  return { leaked: [], leakCandidates: watched, leaksNotedAt: book.leaksNotedAt };
}

function ticketsOfNobody({ ordinal, taken, returned, retired, holders }: SeatBook): number[] {
  const seats = holders.flatMap(({ seat, revoked }) => [seat, revoked]);
  const held = new Set(seats.map((seat) => (seat?.ordinal === ordinal ? seat.ticket : undefined)));
  const drawn = Array.from({ length: taken }, (_, ticket) => ticket);
  return drawn.filter((ticket) => !held.has(ticket) && !returned.has(ticket) && !retired.has(ticket));
}

/**
 * Which of a replica's tickets are away, as the participants' records say: given back, taken away, or lost by a crash (`lost`, or
 * found earlier). These are not counted as seated.
 */
export function ticketsAway(book: SeatBook, lost: readonly number[]): number[] {
  const { ordinal, away, holders } = book;
  const left = holders.flatMap(({ seat }) => (seat?.ordinal === ordinal && seat.left ? [seat.ticket] : []));
  const revoked = holders.flatMap((one) => (one.revoked?.ordinal === ordinal ? [one.revoked.ticket] : []));
  const stillNobodys = ticketsOfNobody(book).filter((ticket) => away.has(ticket));
  const found = new Set([...left, ...revoked, ...lost, ...stillNobodys]);
  return [...found].filter((ticket) => !book.retired.has(ticket) && !book.returned.has(ticket));
}

/** Is a replica running short of seats? Less than a fifth of those that stand is left to draw. */
export function runsShort({
  taken,
  minted,
  returned,
  retired,
}: Pick<SeatBook, 'taken' | 'minted' | 'returned' | 'retired'>): boolean {
  return minted - taken + returned.size < (minted - retired.size) * 0.2;
}
