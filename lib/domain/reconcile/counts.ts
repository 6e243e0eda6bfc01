import { runsShort, type SeatBook } from '../meeting/recycling.ts';
import { canDraw } from '../meeting/seats.ts';
import type { OpenReplica } from '../meeting/topology.ts';
import { COUNTED_AT_LEAST_MS, COUNTED_FOR_MS } from './schedule.ts';

/** The counts of a replica, and how far they are compared with the participants' records. */
export type Counts = Omit<SeatBook, 'holders' | 'ordinal'> & {
  /** When the away tickets were last compared with the participants' records (milliseconds since the Unix epoch). */
  countedAt: number;
  /** The `versionOf` the counts that were compared. */
  countedAs?: string;
  /** How often a ticket was marked as away or back, or returned. `vacated`: how often a ticket was retired. */
  marks: number;
  vacated: number;
};

/** An open replica and its counts. */
export interface Counted {
  replica: OpenReplica;
  counts: Counts;
}

/**
 * Names a state of the counts. It differs after every ticket that was drawn, marked, returned or retired: a drawn ticket adds to
 * `taken`, or is one that was `returned` before, and each return adds to `marks`.
 */
export function versionOf({ taken, returned, marks, vacated }: Counts): string {
  return [taken, returned.size, marks, vacated].join('/');
}

/**
 * Whether the counts are to be compared with the participants' records: after 90 s if a ticket was drawn, marked, returned or
 * retired since the last comparison, or if a leak candidate is not known as leaked; after half an hour in any case, because a
 * process may have died between a person's record and the mark.
 */
export function isCountDue(counts: Counts, now: number): boolean {
  const age = now - counts.countedAt;
  if (age < COUNTED_FOR_MS) return false;
  const isWatched = [...counts.leakCandidates].some((ticket) => !counts.away.has(ticket));
  return age >= COUNTED_AT_LEAST_MS || isWatched || counts.countedAs !== versionOf(counts);
}

/** Whether seats are to be replaced or minted, where the media region of the replica is not drained. */
export function lacksSeats({ replica, counts }: Counted): boolean {
  return runsShort(counts) || counts.minted - counts.retired.size < replica.capacity;
}

/**
 * Whether the replica is marked as sold out although tickets can be drawn: the request that returned one may have crashed before it
 * removed the mark.
 */
export function isMarkedInError({ replica, counts }: Counted): boolean {
  return replica.soldOut === true && canDraw(counts);
}

/** Whether a look has nothing to do with the seats of this replica, which is not drained. */
export function isSettled(one: Counted, now: number): boolean {
  return !lacksSeats(one) && !isMarkedInError(one) && !isCountDue(one.counts, now);
}
