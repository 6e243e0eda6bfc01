import { hearsEvents, longestAbsentFirst, seatReplaceableAt } from './absence.ts';
import { type Participant, seatIn } from './participant.ts';
import { LAST_SHARE } from './seats.ts';
import type { Topology } from './topology.ts';

/** A ticket without a record for this long was drawn by a process that died: functions run for at most 10 s. */
export const LEAKED_AFTER_MS = 60_000;

/** The seats of one replica, according to its counts and its participants. */
export interface SeatBook {
  ordinal: number;
  taken: number;
  minted: number;
  returned: ReadonlySet<number>;
  /** Tickets whose seat was retired: its attendee is deleted at Chime, and the number is never drawn again. */
  retired: ReadonlySet<number>;
  /** Tickets that a viewer returned or a crash leaked: not counted as seated. */
  away: ReadonlySet<number>;
  /** Tickets that no record named at the last look, and since when. */
  leakCandidates: ReadonlySet<number>;
  leaksNotedAt: number;
  holders: readonly Participant[];
}

export interface Recycling {
  /** Viewers whose seat may be replaced: no other viewer gets it, and a new seat is minted for it. */
  leavers: Participant[];
  /** Viewers who lost their seat and whose attendee is not confirmed as deleted. */
  revoked: Participant[];
  /** Tickets that a crash leaked. */
  leaked: number[];
  /** Tickets to check again next time, and since when they are watched. */
  leakCandidates: number[];
  leaksNotedAt: number;
}

export interface Waits {
  now: number;
  /** How long a viewer without a connection or other evidence of presence keeps the seat (milliseconds); 0 means for ever. */
  droppedSeatMs: number;
}

/**
 * The seats of a replica that can be replaced: those of viewers who are absent for long enough (`seatReplaceableAt`),
 * the longest absent first, and those of leaked tickets. A ticket has leaked if no record names it at two looks that
 * are far enough apart. The first look at a set of tickets is noted. Until the second one, no further tickets join the
 * set, however often the reconciler looks.
 */
export function recyclable(topology: Topology, book: SeatBook, { now, droppedSeatMs }: Waits): Recycling {
  const rule = { droppedSeatMs, hearsEvents: hearsEvents(topology, book.holders) };
  const replaceableAt = (participant: Participant) => {
    const seat = seatIn(topology, participant);
    return seat ? seatReplaceableAt(topology, { seat, participant }, rule) : Number.POSITIVE_INFINITY;
  };
  const seated = book.holders.filter(({ seat }) => seat?.ordinal === book.ordinal);
  const leavers = longestAbsentFirst(seated, replaceableAt, now);
  const revoked = book.holders.filter((participant) => participant.revoked?.ordinal === book.ordinal);
  return { leavers, revoked, ...losses(book, now) };
}

function losses(book: SeatBook, now: number): Pick<Recycling, 'leaked' | 'leakCandidates' | 'leaksNotedAt'> {
  const unheld = unheldTickets(book);
  const watched = unheld.filter((ticket) => book.leakCandidates.has(ticket));
  const others = unheld.filter((ticket) => !book.leakCandidates.has(ticket));
  if (now - book.leaksNotedAt > LEAKED_AFTER_MS)
    return { leaked: watched, leakCandidates: others, leaksNotedAt: now };
  if (watched.length === 0) return { leaked: [], leakCandidates: others, leaksNotedAt: now };
  return { leaked: [], leakCandidates: watched, leaksNotedAt: book.leaksNotedAt };
}

function unheldTickets({ ordinal, taken, returned, retired, holders }: SeatBook): number[] {
  const seats = holders.flatMap(({ seat, revoked }) => [seat, revoked]);
  const held = new Set(seats.map((seat) => (seat?.ordinal === ordinal ? seat.ticket : undefined)));
  const drawn = Array.from({ length: taken }, (_, ticket) => ticket);
  return drawn.filter((ticket) => !held.has(ticket) && !returned.has(ticket) && !retired.has(ticket));
}

/**
 * The tickets of a replica that are away, by the participants' records: given back by their viewers, revoked, or leaked
 * by a crash (`leaked` now, or found earlier). They do not count as seated.
 */
export function ticketsAway(book: SeatBook, leaked: readonly number[]): number[] {
  const { ordinal, away, holders } = book;
  const givenBack = holders.flatMap(({ seat }) =>
    seat?.ordinal === ordinal && seat.left ? [seat.ticket] : [],
  );
  const revoked = holders.flatMap((one) => (one.revoked?.ordinal === ordinal ? [one.revoked.ticket] : []));
  const stillUnheld = unheldTickets(book).filter((ticket) => away.has(ticket));
  const found = new Set([...givenBack, ...revoked, ...leaked, ...stillUnheld]);
  return [...found].filter((ticket) => !book.retired.has(ticket) && !book.returned.has(ticket));
}

/** Whether a replica is running short of seats: less than a fifth of its seats is left to draw. */
export function runsShort({
  taken,
  minted,
  returned,
  retired,
}: Pick<SeatBook, 'taken' | 'minted' | 'returned' | 'retired'>): boolean {
  return minted - taken + returned.size < (minted - retired.size) * LAST_SHARE;
}
