import type { Pace } from '../../../lib/domain/crowd/crowd.ts';
import {
  countedShare,
  isRecent,
  isShort,
  isWaitedFor,
  QUEUE_PARTS,
  queuedMs,
  type SeatQueue,
  stepMs,
} from '../../../lib/domain/crowd/seat-queue.ts';

/** Three calls mint 250 seats, so the quota takes 1.2 ms for a seat, and its burst mints 1,500 seats at once. */
const pace: Pace = { seatsEach: 250, burst: 20, ratePerSecond: 10 };
const NOW = 1_800_000_000_000;
const SEAT_MS = 1.2;

/** A queue of this many viewers who came within the last second, as read now. */
const queueOf = (viewers: number, { readAt = NOW, sinceMs = 1000 } = {}): SeatQueue => ({
  parts: Array.from({ length: QUEUE_PARTS }, () => ({
    since: readAt - sinceMs,
    endsAt: readAt + viewers * SEAT_MS,
  })),
  readAt,
});
const empty: SeatQueue = { parts: [], readAt: NOW };
const first = { pace, now: NOW, random: 0, waited: false };

describe('the wait of the last viewer in the queue', () => {
  it('is the time of one opening, up to the seats of the burst of the quota', () => {
    expect(queuedMs(empty, first)).toBe(450);
    expect(queuedMs(queueOf(1500), first)).toBe(450);
  });

  it('grows by the time that the quota takes for each further seat', () => {
    expect(queuedMs(queueOf(1500 + 5000), first)).toBe(450 + 5000 * SEAT_MS);
  });

  it('is spread over the seats of one replica, so that viewers of the burst do not return at once', () => {
    expect(queuedMs(empty, { ...first, random: 0.5 })).toBe(450 + 150);
  });

  it('is anywhere up to the end for a viewer who waited in vain, and at most 4.3 seconds', () => {
    const again = { ...first, waited: true };
    expect(queuedMs(queueOf(4000), again)).toBe(300);
    expect(queuedMs(queueOf(4000), { ...again, random: 0.5 })).toBe(300 + (2500 * SEAT_MS + 300) / 2);
    expect(queuedMs(queueOf(40_000), { ...again, random: 1 })).toBe(4300);
  });

  it('includes those who came since the queue was read, at the rate of before', () => {
    const readAt = NOW - 100;
    const grown = queueOf(5000, { readAt, sinceMs: 500 });
    const tenthMore = (5000 * SEAT_MS + 500) / 5;
    expect(queuedMs(grown, first)).toBe(450 + 5000 * SEAT_MS - 100 + tenthMore - 1500 * SEAT_MS);
  });
});

describe('the viewers who are counted', () => {
  it('are all of a short queue, and few of a long one', () => {
    expect(countedShare(empty, first)).toBe(1);
    expect(countedShare(queueOf(12), first)).toBe(1);
    expect(countedShare(queueOf(4900), first)).toBeCloseTo(0.05, 5);
  });

  it('count for those who are not: the queue moves on by one seat for each viewer on average', () => {
    for (const viewers of [1, 100, 10_000]) {
      const share = countedShare(queueOf(viewers), first);
      expect((share * stepMs(pace, share)) / QUEUE_PARTS).toBeCloseTo(SEAT_MS, 9);
    }
  });
});

describe('a queue', () => {
  it('is short of seats when more viewers wait than the openings seat', () => {
    expect(isShort(queueOf(501), { pace, now: NOW, opening: 2 })).toBe(true);
    expect(isShort(queueOf(499), { pace, now: NOW, opening: 2 })).toBe(false);
  });

  it('is empty once its end has passed', () => {
    expect(isWaitedFor(queueOf(100), NOW + 100)).toBe(true);
    expect(isWaitedFor(queueOf(100, { sinceMs: 0 }), NOW + 121)).toBe(false);
    expect(isWaitedFor(empty, NOW)).toBe(false);
  });

  it('serves a container for 200 ms, a young one for as long as it has existed, an empty one for 30 ms', () => {
    expect([isRecent(queueOf(9), NOW + 200), isRecent(queueOf(9), NOW + 201)]).toEqual([true, false]);
    const young = queueOf(9, { sinceMs: 80 });
    expect([isRecent(young, NOW + 80), isRecent(young, NOW + 81)]).toEqual([true, false]);
    expect([isRecent(empty, NOW + 30), isRecent(empty, NOW + 31)]).toEqual([true, false]);
  });
});
