import type { Pace } from '../../../lib/domain/crowd/crowd.ts';
import { type Awaited, queuedMs } from '../../../lib/domain/crowd/queue-wait.ts';
import {
  countedShare,
  type Estimating,
  isEmpty,
  isKept,
  isRecent,
  isShort,
  isWaitedFor,
  QUEUE_PARTS,
  type SeatQueue,
  type Supply,
  supplyOf,
} from '../../../lib/domain/crowd/seat-queue.ts';
import { options, primary, replica, NOW as TOPOLOGY_NOW, topology } from '../../support/topologies.ts';

/** Three calls mint 250 seats, so the quota takes 0.3 s for a replica. 0.15 s of the burst are held back. */
const pace: Pace = { seatsEach: 250, burst: 20, ratePerSecond: 10 };
const NOW = 1_800_000_000_000;
const BURST_MS = 1850;
const READY_MS = 100;
const JITTER_MS = 60;
/** Where viewers wait for a replica nearby, or for the first one. */
const FAR = { READY_MS: 120, JITTER_MS: 100 };

/** The seats of the replica that is open. */
const OPEN = 250;
const supply: Supply = { pace, opened: OPEN, opening: 0, most: 100_000, spokenUntil: 0, names: 1 };
const when = (more: Partial<Supply> = {}, now = NOW): Estimating => ({ supply: { ...supply, ...more }, now });
/** The quota's burst is used up: the next call may be made in a tenth of a second. */
const usedUp = { spokenUntil: NOW + BURST_MS };

/** A queue of this many viewers who came within the last second, as read now. */
const queueOf = (
  viewers: number,
  { readAt = NOW, sinceMs = 1000, opened = OPEN, quietMs = 0 } = {},
): SeatQueue => ({
  parts: Array.from({ length: QUEUE_PARTS }, () => ({
    since: readAt - sinceMs,
    opened,
    viewers: viewers / QUEUE_PARTS,
    at: readAt - quietMs,
    until: readAt + 60_000,
  })),
  readAt,
});
const empty: SeatQueue = { parts: [undefined, undefined, undefined, undefined], readAt: NOW };
const first = { random: 0, waited: false };
const again = { ...first, waited: true };

describe('the wait of the last viewer in the queue', () => {
  it('is the time of one opening, up to the replicas that the burst of the quota opens', () => {
    expect(queuedMs(empty, first, when())).toBe(500);
    expect(queuedMs(queueOf(1500), first, when())).toBe(500);
  });

  it('grows by the time that the quota takes for each further replica', () => {
    expect(queuedMs(queueOf(5000), first, when(usedUp))).toBe(READY_MS + 20 * 300);
    expect(queuedMs(queueOf(1500 + 5000), first, when())).toBe(READY_MS + 26 * 300 - BURST_MS);
  });

  it('is shorter by the replicas that are being opened, whose permits are reserved', () => {
    const reserved = { opening: 6, spokenUntil: NOW + BURST_MS + 600 };
    expect(queuedMs(queueOf(750), first, when(reserved))).toBe(READY_MS);
    expect(queuedMs(queueOf(1250), first, when(reserved))).toBe(READY_MS + 300);
    expect(queuedMs(queueOf(1500), first, when(reserved))).toBe(READY_MS + 600);
    expect(queuedMs(queueOf(1500 + 250), first, when(reserved))).toBe(READY_MS + 600 + 300);
  });

  it('is the same for all viewers of a replica, whose seats are sold from the same moment on', () => {
    const [one, other] = [251, 500].map((viewers) => queuedMs(queueOf(viewers), first, when(usedUp)));
    expect(one).toBe(READY_MS + 2 * 300);
    expect(other).toBe(one);
  });

  it('is until the replica is open that they wait for, where not each seat serves each viewer', () => {
    const busy = when({ ...usedUp, opening: 6, spokenUntil: NOW + BURST_MS + 1800 });
    const wait = (awaited: Awaited) => queuedMs(queueOf(9), { ...first, awaited }, busy);
    expect(wait({ until: NOW + BURST_MS + 900 })).toBe(FAR.READY_MS + 900);
    expect(wait({ until: NOW - 1 })).toBe(FAR.READY_MS);
    expect(wait({ further: 1, later: 0 })).toBe(FAR.READY_MS + 1800 + 300);
    expect(wait({ further: 1, later: 3 })).toBe(FAR.READY_MS + 1800 + 4 * 300);
    const last = { ...first, random: 1, awaited: { until: NOW - 1 } };
    expect(queuedMs(queueOf(9), last, busy)).toBe(FAR.READY_MS + FAR.JITTER_MS);
  });

  it('is a little longer while no replica is open', () => {
    const none = when({ ...usedUp, opened: 0 });
    expect(queuedMs(queueOf(500, { opened: 0 }), first, none)).toBe(FAR.READY_MS + 600);
    expect(queuedMs(queueOf(500, { opened: 0 }), { ...first, random: 1 }, none)).toBe(
      FAR.READY_MS + 600 + FAR.JITTER_MS,
    );
  });

  it('is at most three seconds later than that replica is expected, however slow the quota is', () => {
    const slow = when({ ...usedUp, pace: { ...pace, ratePerSecond: 1, burst: 1 } });
    const wait = (awaited: Awaited) => queuedMs(queueOf(9), { ...first, awaited }, slow);
    expect(wait({ further: 2, later: 4 })).toBe(wait({ further: 2, later: 0 }) + 3000);
  });

  it('grows with the time that a replica is overdue, because its opener has probably died', () => {
    const wait = (overdueMs: number) =>
      queuedMs(queueOf(9), { ...again, awaited: { until: NOW - overdueMs } }, when());
    expect([999, 1000, 2500, 20_000].map(wait)).toEqual([200, 1000, 2500, 3000]);
  });

  it('is shorter by the seats that were opened since the queue began', () => {
    expect(queuedMs(queueOf(5000, { opened: 250 }), first, when({ ...usedUp, opened: 1250 }))).toBe(
      READY_MS + 16 * 300,
    );
  });

  it('is as many times as long as names open replicas, but at most three seconds longer', () => {
    expect(queuedMs(queueOf(500), first, when({ ...usedUp, names: 5 }))).toBe(READY_MS + 5 * 2 * 300);
    expect(queuedMs(queueOf(5000), first, when({ ...usedUp, names: 5 }))).toBe(READY_MS + 20 * 300 + 3000);
  });

  it('is never longer than until the last replica that is allowed', () => {
    expect(queuedMs(queueOf(5000), first, when({ ...usedUp, most: 500 }))).toBe(READY_MS + 2 * 300);
  });

  it('includes those who came since the queue was read, at the rate of before', () => {
    const grown = queueOf(1000, { readAt: NOW - 100, sinceMs: 500 });
    expect(queuedMs(grown, first, when(usedUp))).toBe(READY_MS + 5 * 300);
    const quiet = queueOf(1000, { readAt: NOW - 100, sinceMs: 500, quietMs: 200 });
    expect(queuedMs(quiet, first, when(usedUp))).toBe(READY_MS + 4 * 300);
  });

  it('has a jitter, so that viewers of one place do not return at once', () => {
    expect(queuedMs(queueOf(5000), { ...first, random: 0.5 }, when(usedUp))).toBe(
      READY_MS + 6000 + JITTER_MS / 2,
    );
  });
});

describe('the wait of a viewer who waited and found no seat', () => {
  it('lasts until one of the next two replicas is open, where seats are kept for those who wait', () => {
    expect(queuedMs(queueOf(5000), again, when(usedUp))).toBe(500);
    expect(queuedMs(queueOf(5000), { ...again, random: 1 }, when(usedUp))).toBe(
      READY_MS + 2 * 300 + JITTER_MS,
    );
  });

  it('lasts two tenths of a second at least, as the call that mints the seats may be slow', () => {
    expect(queuedMs(queueOf(1500), again, when({ opening: 6, spokenUntil: NOW }))).toBe(200);
  });

  it('lasts two tenths of a second at least, also for a replica that should be open', () => {
    expect(queuedMs(queueOf(9), { ...again, awaited: { until: NOW - 1 } }, when())).toBe(200);
  });
});

describe('the seats of a new replica', () => {
  it('are kept for a second, for as many viewers as wait', () => {
    expect(isKept(queueOf(251), NOW - 999, when({ opened: OPEN + 250 }))).toBe(true);
    expect(isKept(queueOf(251), NOW - 1000, when({ opened: OPEN + 250 }))).toBe(false);
    expect(isKept(queueOf(250), NOW - 999, when({ opened: OPEN + 250 }))).toBe(false);
  });
});

describe('the viewers who are counted', () => {
  it('are all of a short queue, and few of a long one', () => {
    expect(countedShare(empty, when())).toBe(1);
    expect(countedShare(queueOf(16), when())).toBe(1);
    expect(countedShare(queueOf(6400), when())).toBeCloseTo(0.05, 5);
  });
});

describe('a queue', () => {
  it('is short of seats when more viewers wait than the openings seat', () => {
    expect(isShort(queueOf(501), when({ opening: 2 }))).toBe(true);
    expect(isShort(queueOf(499), when({ opening: 2 }))).toBe(false);
  });

  it('is empty once seats were opened for all, or all should be back', () => {
    expect(isWaitedFor(queueOf(100), when())).toBe(true);
    expect(isWaitedFor(queueOf(100), when({ opened: OPEN + 250 }))).toBe(false);
    expect(isWaitedFor(queueOf(100), when({}, NOW + 60_000))).toBe(false);
    expect(isWaitedFor(empty, when())).toBe(false);
  });

  it('has parts that begin anew where they are empty', () => {
    const [part] = queueOf(100).parts;
    expect(isEmpty(undefined, when())).toBe(true);
    expect(isEmpty(part, when())).toBe(false);
    expect(isEmpty(part, when({ opened: OPEN + 100 }))).toBe(true);
    expect(isEmpty(part, when({}, NOW + 60_000))).toBe(true);
  });

  const serves = (queue: SeatQueue, ms: number) =>
    [NOW + ms, NOW + ms + 1].map((now) => isRecent(queue, when({}, now)));

  it('serves a container for 200 ms, an empty one for 30 ms', () => {
    expect(serves(queueOf(9), 200)).toEqual([true, false]);
    expect(serves(empty, 30)).toEqual([true, false]);
  });

  it('serves for as long as it has existed, if it is young', () => {
    expect(serves(queueOf(9, { sinceMs: 80 }), 80)).toEqual([true, false]);
  });

  it('serves until it has grown by the seats of a replica, if it grows', () => {
    expect(serves(queueOf(5000), 50)).toEqual([true, false]);
    expect(serves(queueOf(5000, { quietMs: 200 }), 200)).toEqual([true, false]);
  });
});

describe('the supply of seats', () => {
  const lease = { owner: 'somebody', until: TOPOLOGY_NOW + 1 };
  const permits = (until: number, names: number) => ({ permits: { until, names } });
  const claimed = { state: 'claimed', capacity: 0, lease } as const;

  it('is what the topology says of its replicas, and of the quota as the last claim found it', () => {
    const where = topology(
      primary(),
      options({ maxReplicas: 5 }),
      replica('eu-west-1', permits(900, 3)),
      replica('eu-west-1', { ...claimed, ...permits(1200, 2) }),
      replica('eu-west-1', claimed),
    );
    expect(supplyOf(where, pace, TOPOLOGY_NOW)).toEqual({
      ...{ pace, opened: 250, opening: 2, most: 4 * 250 },
      ...{ spokenUntil: 1200, names: 2 },
    });
  });

  it('is the whole quota before the first claim', () => {
    const supplied = supplyOf(topology(primary()), pace, TOPOLOGY_NOW);
    expect(supplied).toMatchObject({ spokenUntil: 0, names: 1, opening: 0 });
  });
});
