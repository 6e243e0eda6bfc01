import { beingOpened, type Topology } from '../meeting/topology.ts';
import { addedUp, entriesOf, type Tally } from '../placement/demand.ts';
import { remainingReplicas } from '../placement/remaining-replicas.ts';
import type { Pace } from './crowd.ts';

/**
 * The queue of the viewers of one name who wait for seats that are being opened. It counts the viewers who were told to wait, and
 * those who took a seat that others wait for. With the seats opened since it began, it tells how many wait now, and so
 * when the last of them can be seated under Chime's quota. It is an estimate: it decides when viewers return, never who gets a seat.
 *
 * It is kept in several parts, which together take more reads and writes a second than one item does. Each part counts its own
 * viewers, and gets its share of the seats.
 */
export interface SeatQueue {
  /** A part that nobody was counted in yet is undefined. */
  parts: readonly (QueuePart | undefined)[];
  /** When it was read (milliseconds since the Unix epoch). */
  readAt: number;
}

/** One part of the queue. The times are in milliseconds since the Unix epoch. */
export interface QueuePart {
  /** When the part was last empty, and how many seats were open then. */
  since: number;
  opened: number;
  /** How many viewers were counted since, and when the last one was. */
  viewers: number;
  at: number;
  /** How many of them came from each media region. Absent if an earlier version of this service wrote the part. */
  from?: Tally;
  /** When the last of them is back. From then on the part is empty. */
  until: number;
}

/** What seats there are, and how fast more can be opened. */
export interface Supply {
  pace: Pace;
  /** The seats of the open replicas, and how many replicas are being opened. */
  opened: number;
  opening: number;
  /** How many more seats there will be at most. */
  most: number;
  /** The time until which the quota was reserved when the last replica was claimed, and how many names opened replicas then. */
  spokenUntil: number;
  names: number;
}

/** What an estimate of the queue depends on besides the queue. */
export interface Estimating {
  supply: Supply;
  now: number;
}

/** In how many parts a queue is kept. */
export const QUEUE_PARTS = 4;
/** A queue that grew within this time before it was read still grows (milliseconds). */
const GROWS_MS = 100;

/** What the topology says of the supply of seats. */
export function supplyOf(topology: Topology, pace: Pace, now: number): Supply {
  const permits = topology.replicas.flatMap(({ permits }) => permits ?? []);
  const last = permits.reduce((latest, each) => (each.until > latest.until ? each : latest), NONE);
  const open = topology.replicas.filter(({ state }) => state === 'open');
  const opening = beingOpened(topology, now).length;
  return {
    pace,
    opened: open.reduce((sum, { capacity }) => sum + capacity, 0),
    opening,
    most: (opening + remainingReplicas(topology, now)) * pace.seatsEach,
    spokenUntil: last.until,
    names: last.names,
  };
}

const NONE = { until: 0, names: 1 };

/** For how long the seats of a new replica are kept for the viewers who wait (milliseconds). */
const KEPT_MS = 1000;

/** Whether the seats of a replica are for the viewers who wait, and not for one who comes now. */
export function isKept(queue: SeatQueue, openedAt: number, when: Estimating): boolean {
  return when.now - openedAt < KEPT_MS && isWaitedFor(queue, when);
}

/** Counted viewers grow with the square root of the queue. */
const COUNTED = 4;

/**
 * The probability with which a viewer is counted. A counted one counts for all who were not, so most viewers of a crowd cost no
 * write.
 */
export function countedShare(queue: SeatQueue, when: Estimating): number {
  return Math.min(1, COUNTED / Math.sqrt(Math.max(1, waitingIn(queue, when))));
}

/** Whether more viewers wait than the replicas that are being opened will seat. */
export function isShort(queue: SeatQueue, when: Estimating): boolean {
  return waitingIn(queue, when) > when.supply.opening * when.supply.pace.seatsEach;
}

/** Whether anybody waits. */
export const isWaitedFor = (queue: SeatQueue, when: Estimating): boolean => waitingIn(queue, when) > 0;

/** How long a container uses a queue that it read (milliseconds). A young one may be about to grow fast. */
const RECENT_MS = { young: 30, most: 200 };

/**
 * Whether a queue that was read a moment ago still serves. A young queue serves for as long as it has existed. One that grows serves
 * until it has grown by as many viewers as a replica seats, if it grows at the same rate as before.
 */
export function isRecent(queue: SeatQueue, { supply, now }: Estimating): boolean {
  const { readAt } = queue;
  const parts = partsAt(queue, readAt);
  const existedMs = Math.max(0, ...parts.map(({ since }) => readAt - since));
  const viewers = parts.reduce((sum, part) => sum + part.viewers, 0);
  const growingMs = isGrowing(queue) ? (supply.pace.seatsEach / viewers) * existedMs : RECENT_MS.most;
  const servesMs = Math.max(RECENT_MS.young, Math.min(existedMs, growingMs));
  return now - readAt <= Math.min(RECENT_MS.most, servesMs);
}

/** Whether a part holds nobody any more: all of its viewers are back, or have seats. */
export function isEmpty(part: QueuePart | undefined, { supply, now }: Estimating): boolean {
  return part === undefined || part.until <= now || leftIn(part, supply) <= 0;
}

const leftIn = ({ viewers, opened }: QueuePart, supply: Supply) =>
  viewers - Math.max(0, supply.opened - opened) / QUEUE_PARTS;

/** The parts that are not over by this time. */
const partsAt = ({ parts }: SeatQueue, now: number): QueuePart[] =>
  parts.flatMap((part) => (part && part.until > now ? part : []));

const isGrowing = (queue: SeatQueue) =>
  partsAt(queue, queue.readAt).some(({ at }) => at > queue.readAt - GROWS_MS);

/** A part that was just begun says nothing of how fast it grows (milliseconds). */
const TOO_YOUNG_MS = 10;

/** How many viewers wait. A queue that grew when it was read has grown since. */
export function waitingIn(queue: SeatQueue, { supply, now }: Estimating): number {
  const waiting = partsAt(queue, now).map((part) => {
    const grown = part.viewers * (growthOf(part, queue, now) - 1);
    return Math.max(0, leftIn(part, supply) + grown);
  });
  return waiting.reduce((sum, viewers) => sum + viewers, 0);
}

/** By how much a part has grown since it was read, as a factor. */
function growthOf({ since }: QueuePart, queue: SeatQueue, now: number): number {
  const ageMs = queue.readAt - since;
  return isGrowing(queue) && ageMs > TOO_YOUNG_MS ? 1 + (now - queue.readAt) / ageMs : 1;
}

/**
 * About how many viewers came from each media region: those who are counted in the parts that are not over, and as many more as
 * have probably come since the queue was read. `since`: when the oldest of these parts began.
 */
export function countedIn(queue: SeatQueue, now: number): { counted: Tally; since: number } {
  const parts = partsAt(queue, now);
  const grown = parts.flatMap((part) => {
    const growth = growthOf(part, queue, now);
    return entriesOf(part.from ?? {}).map(([from, viewers]) => [from, viewers * growth] as const);
  });
  return { counted: addedUp(grown), since: Math.min(now, ...parts.map(({ since }) => since)) };
}
