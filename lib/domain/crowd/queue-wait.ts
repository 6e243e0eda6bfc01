import { freeInMs } from './bucket.ts';
import { callsEach } from './crowd.ts';
import { type Estimating, type SeatQueue, waitingIn } from './seat-queue.ts';

/**
 * When the viewers of a replica return: so long after the permit of its last call, spread over so much time (milliseconds). The call and
 * the writes of the seats take 0.1 s, unless Chime is slow.
 */
const RETURN_MS = { after: 100, within: 60 };
/**
 * The same where the viewer waits for a replica nearby, and before the first replica is open. There, to return sooner costs requests,
 * and the last viewer is seated no sooner.
 */
const RETURN_FAR_MS = { after: 120, within: 100 };
/** A replica takes no less from its claim until its viewers return (milliseconds). */
const CLAIMED_MS = 500;
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
  const { after, within } = awaited || when.supply.opened === 0 ? RETURN_FAR_MS : RETURN_MS;
  const waitMs = awaited ? awaitedMs(awaited, after, when) : seatInMs(queue, { random, waited, after }, when);
  return Math.round(Math.max(waited ? MISSED_MS : 0, waitMs) + random * within);
}

/** When the replica is open that a viewer waits for (milliseconds). */
function awaitedMs(awaited: Awaited, after: number, when: Estimating): number {
  const { supply, now } = when;
  if ('further' in awaited) {
    const { further, later } = awaited;
    return Math.min(furtherMs(further, after, when) + LATER_MS, furtherMs(further + later, after, when));
  }
  const overdueMs = now - awaited.until;
  if (overdueMs >= OVERDUE_MS.least) return Math.min(OVERDUE_MS.most, overdueMs);
  return after + freeInMs({ spokenUntil: awaited.until, rate: supply.pace }, 0, now);
}

/** When a viewer can be seated who takes any seat in turn: first come the replicas that are being opened (milliseconds). */
function seatInMs(
  queue: SeatQueue,
  { random, waited, after }: Pick<Queuing, 'random' | 'waited'> & { after: number },
  when: Estimating,
): number {
  const { pace, most, opening } = when.supply;
  const end = Math.min(waitingIn(queue, when), most);
  const soon = Math.min(Math.max(end, pace.seatsEach), 2 * pace.seatsEach);
  const place = waited ? random * soon : end;
  return furtherMs(Math.max(1, Math.ceil(place / pace.seatsEach)) - opening, after, when);
}

/**
 * When viewers return for so many further replicas that the quota allows next, `after` the last permit (milliseconds). If the
 * number is not positive, they return for one that is being opened. Other names that open replicas get the same share, for a while.
 */
function furtherMs(further: number, after: number, { supply, now }: Estimating): number {
  const { pace, spokenUntil, names } = supply;
  const quota = { spokenUntil, rate: pace };
  const calls = further * callsEach(pace.seatsEach);
  const waitMs = Math.min(freeInMs(quota, names * calls, now), freeInMs(quota, calls, now) + OTHERS_MS);
  return Math.max(further > 0 ? CLAIMED_MS : 0, after + waitMs);
}
