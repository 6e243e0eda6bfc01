import { freeInMs } from './bucket.ts';
import { callsEach } from './crowd.ts';
import { type Estimating, type SeatQueue, waitingIn } from './seat-queue.ts';

/**
 * How long a replica takes from the permit of its last call until its viewers are told to return (milliseconds). The call and the
 * writes of the seats take 0.1 s, unless Chime is slow. `claimed`: from its claim without a wait.
 */
const READY_MS = { minted: 120, claimed: 500 };
/** Viewers of the same replica return within this time (milliseconds). */
const JITTER_MS = 100;
/** A viewer who found no seat returns no sooner: the call that mints the seats may be slow (milliseconds). */
export const MISSED_MS = 200;
/** Other names may need few replicas. No viewer is told to wait longer for them than this (milliseconds). */
const OTHERS_MS = 3000;
/** An estimate may be wrong. No viewer returns later than this after the estimated time (milliseconds). */
const LATER_MS = 3000;
/**
 * So long after the permits of a replica its opener has probably died, or Chime hangs. Until another request takes it over, viewers
 * return after the time that has passed since, at most after so long (milliseconds).
 */
const OVERDUE_MS = { least: 1000, most: 3000 };

/**
 * The replica that a viewer waits for. `until`: it is being opened, and its permits are expected to be used up then (milliseconds since
 * the Unix epoch). `further`: it is expected to be so many claims later. `later`: the viewer returns after so many more, because that is
 * an estimate.
 */
export type Awaited = { until: number } | { further: number; later: number };

/** A viewer of the queue. */
export interface Queuing {
  /** An earlier answer put the viewer into the queue. */
  waited: boolean;
  /**
   * The replica that the viewer waits for. Absent if every replica is near the viewer, or none nearby can be expected: then the
   * viewer takes any seat, in turn.
   */
  awaited?: Awaited | undefined;
  random: number;
}

/**
 * How long the last viewer of the queue waits (milliseconds). Viewers return once their replica is open, because all of its seats
 * are sold from the same moment on. A viewer who `waited` and found no seat waits for the next replica nearby. If any seat serves the
 * viewer, it was lost to one who was counted later: the two returned in the wrong order, so a seat is free soon.
 */
export function queuedMs(queue: SeatQueue, { random, waited, awaited }: Queuing, when: Estimating): number {
  const waitMs = awaited ? awaitedMs(awaited, when) : seatInMs(queue, { random, waited }, when);
  return Math.round(Math.max(waited ? MISSED_MS : 0, waitMs) + random * JITTER_MS);
}

/** When the replica is open that a viewer waits for (milliseconds). */
function awaitedMs(awaited: Awaited, when: Estimating): number {
  const { supply, now } = when;
  if ('further' in awaited) {
    const { further, later } = awaited;
    return Math.min(furtherMs(further, when) + LATER_MS, furtherMs(further + later, when));
  }
  const overdueMs = now - awaited.until;
  if (overdueMs >= OVERDUE_MS.least) return Math.min(OVERDUE_MS.most, overdueMs);
  return READY_MS.minted + freeInMs({ spokenUntil: awaited.until, rate: supply.pace }, 0, now);
}

/** When a viewer can be seated who takes any seat in turn: first come the replicas that are being opened (milliseconds). */
function seatInMs(queue: SeatQueue, { random, waited }: Omit<Queuing, 'awaited'>, when: Estimating): number {
  const { pace, most, opening } = when.supply;
  const end = Math.min(waitingIn(queue, when), most);
  const soon = Math.min(Math.max(end, pace.seatsEach), 2 * pace.seatsEach);
  const place = waited ? random * soon : end;
  return furtherMs(Math.max(1, Math.ceil(place / pace.seatsEach)) - opening, when);
}

/**
 * When so many further replicas are open that the quota allows next (milliseconds). If it is not positive, one that is being opened.
 * Other names that open replicas get the same share, for a while.
 */
function furtherMs(further: number, { supply, now }: Estimating): number {
  const { pace, spokenUntil, names } = supply;
  const quota = { spokenUntil, rate: pace };
  const calls = further * callsEach(pace.seatsEach);
  const waitMs = Math.min(freeInMs(quota, names * calls, now), freeInMs(quota, calls, now) + OTHERS_MS);
  return Math.max(further > 0 ? READY_MS.claimed : 0, READY_MS.minted + waitMs);
}
