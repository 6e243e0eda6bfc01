import { callsEach, openingsAtOnce, type Pace } from './crowd.ts';

/**
 * The queue of the viewers of one name who wait for seats that are being opened. Its end is the time at which the last of them
 * can be seated under Chime's quota. Each viewer who is told to wait moves it on by the time that one seat takes, like a
 * reservation of the generic cell rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm). It is an estimate:
 * it decides when viewers return, never who gets a seat.
 *
 * The end is kept in several parts, which together take more reads and writes a second than one item does. Each part moves on by
 * the seats of its own viewers at its own share of the pace, so the end of the queue is the mean of the parts.
 */
export interface SeatQueue {
  parts: readonly QueuePart[];
  /** When it was read (milliseconds since the Unix epoch). */
  readAt: number;
}

/** One part of the queue. The times are in milliseconds since the Unix epoch. */
export interface QueuePart {
  /** When the part was last empty. */
  since: number;
  /** The end of the part. If it has passed, the part is empty. */
  endsAt: number;
}

/** What an estimate of the queue depends on besides the queue. */
export interface Estimating {
  pace: Pace;
  now: number;
}

/** In how many parts the end of a queue is kept. */
export const QUEUE_PARTS = 4;
/** How long opening a replica takes while a crowd comes (milliseconds). */
const OPENING_MS = 450;
/** Viewers of the same place in the queue return within this time (milliseconds). */
const JITTER_MS = 100;
/** The shortest and the longest time after which a viewer returns who waited and found no seat (milliseconds). */
const IN_VAIN_MS = { least: 300, most: 4000 };

/**
 * How long the last viewer of the queue waits (milliseconds). The burst of the quota opens some seats at once. A viewer who
 * `waited` and found no seat lost it to one who came later. That one was counted too, so some seat becomes free before the end.
 */
export function queuedMs(
  queue: SeatQueue,
  { pace, now, random, waited }: Estimating & { random: number; waited: boolean },
): number {
  const replicaMs = pace.seatsEach * msPerSeat(pace);
  const behindMs = waitedFor(queue, now) - openingsAtOnce(pace) * replicaMs;
  if (waited) {
    const spreadMs = Math.min(IN_VAIN_MS.most, Math.max(replicaMs, behindMs + replicaMs));
    return Math.round(IN_VAIN_MS.least + random * spreadMs);
  }
  return Math.round(OPENING_MS + Math.max(random * replicaMs, behindMs + random * JITTER_MS));
}

/** Counted viewers grow with the square root of the queue. With this, a queue of ten thousand is known to within four percent. */
const COUNTED = 3.5;

/**
 * The probability with which a viewer is counted. A counted one counts for all who were not, so most viewers of a crowd cost no
 * write.
 */
export function countedShare(queue: SeatQueue, when: Estimating): number {
  return Math.min(1, COUNTED / Math.sqrt(Math.max(1, lengthOf(queue, when))));
}

/** How far a counted viewer moves a part on (milliseconds). */
export const stepMs = (pace: Pace, share: number): number => (QUEUE_PARTS * msPerSeat(pace)) / share;

/** Whether more viewers wait than the replicas that are being opened will seat. */
export function isShort(queue: SeatQueue, { opening, ...when }: Estimating & { opening: number }): boolean {
  return lengthOf(queue, when) > opening * when.pace.seatsEach;
}

/** Whether anybody waits. */
export const isWaitedFor = (queue: SeatQueue, now: number): boolean => waitedFor(queue, now) > 0;

/** The shortest and the longest time for which a container uses a queue that it read (milliseconds). */
const RECENT_MS = { least: 30, most: 200 };

/** Whether a queue that was read a moment ago still serves. A young queue grows fast: it serves for as long as it has existed. */
export function isRecent({ parts, readAt }: SeatQueue, now: number): boolean {
  const begun = parts.filter(({ endsAt }) => endsAt > readAt).map(({ since }) => since);
  const ageMs = readAt - Math.min(readAt, ...begun);
  return now - readAt <= Math.min(RECENT_MS.most, Math.max(RECENT_MS.least, ageMs));
}

const lengthOf = (queue: SeatQueue, { pace, now }: Estimating) => waitedFor(queue, now) / msPerSeat(pace);

/** The growth of a part that is younger than this is not known (milliseconds). */
const TOO_YOUNG_MS = 10;

/** How long it takes to seat all who wait now (milliseconds), if the queue has grown at the same rate since it was read. */
function waitedFor({ parts, readAt }: SeatQueue, now: number): number {
  const waited = parts
    .filter(({ endsAt }) => endsAt > readAt)
    .map(({ since, endsAt }) => {
      const ageMs = readAt - since;
      const growthMs = ageMs > TOO_YOUNG_MS ? ((endsAt - since) / ageMs) * (now - readAt) : 0;
      return Math.max(0, endsAt + growthMs - now);
    });
  return waited.reduce((sum, ms) => sum + ms, 0) / QUEUE_PARTS;
}

/** How long the quota takes for one seat (milliseconds). */
const msPerSeat = ({ seatsEach, ratePerSecond }: Pace) =>
  (callsEach(seatsEach) * 1000) / ratePerSecond / seatsEach;
