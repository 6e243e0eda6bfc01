import { CLOCK_SKEW_MS, LATE_ARRIVAL_MS, sendsUntil } from '../../../lib/domain/meeting/clocks.ts';
import {
  isBeingOpened,
  type Leftover,
  mayBeFresh,
  verdictOn,
} from '../../../lib/domain/meeting/leftovers.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

const topology: Topology = {
  externalMeetingId: 'all-hands',
  incarnation: 'first',
  incarnatedAt: NOW - MINUTE,
  epoch: 3,
  status: 'live',
  options: { maxReplicas: 4, waitForPresenter: true },
  stage: new Set(),
  replicas: [],
  primary: {
    state: 'open',
    mediaRegion: 'us-east-1',
    capacity: 240,
    Meeting: { MeetingId: 'primary' },
  },
};
const leftover = (more: Partial<Leftover> = {}): Leftover => ({
  ...{ incarnation: 'first', epoch: 3, place: 'primary', mediaRegion: 'us-east-1', since: NOW - MINUTE },
  ...more,
});
const claimed = {
  ...topology,
  primary: { state: 'claimed' as const, mediaRegion: 'us-east-1' as const, capacity: 0 },
};

describe('a leftover is deleted', () => {
  it.each<[string, Topology | undefined, Leftover]>([
    ['once its name is forgotten', undefined, leftover()],
    ['once a later epoch has begun', topology, leftover({ epoch: 2 })],
    ['once the name has another incarnation', topology, leftover({ incarnation: 'before' })],
    ['once the name is ended', { ...topology, status: 'ended' }, leftover()],
    ['once its ordinal is given up', topology, leftover({ place: 7 })],
  ])('%s', (_, now, one) => {
    expect(verdictOn(one, now, NOW)).toBe('delete');
  });
});

describe('a leftover is kept for later', () => {
  it('while its claim has a lease, because the next holder may publish it', () => {
    expect(verdictOn(leftover(), claimed, NOW)).toBe('later');
  });

  it('while the lease of its claim may last by the clock of another machine', () => {
    const one = leftover({ epoch: 2, claimedUntil: NOW - CLOCK_SKEW_MS });
    expect(verdictOn(one, topology, NOW)).toBe('later');
    expect(verdictOn(one, topology, NOW + 1)).toBe('delete');
    expect(isBeingOpened(one, NOW)).toBe(true);
  });

  it('for two minutes after it was seen published, because the write that removes it may be under way', () => {
    expect(verdictOn(leftover({ since: NOW - 2 * MINUTE }), topology, NOW)).toBe('later');
  });
});

describe('a leftover is forgotten', () => {
  it('once it is in use', () => {
    expect(verdictOn(leftover({ since: NOW - 2 * MINUTE - 1 }), topology, NOW)).toBe('forget');
  });

  it('once it has ended for idleness, because it was never published', () => {
    expect(verdictOn(leftover({ since: NOW - 10 * MINUTE - 1 }), claimed, NOW)).toBe('forget');
  });
});

describe('NotFound of a leftover', () => {
  it('proves nothing until the meeting is older than Chime may hide a new one, on any clock', () => {
    expect(mayBeFresh(leftover({ since: NOW - 2000 - CLOCK_SKEW_MS + 1 }), NOW)).toBe(true);
    expect(mayBeFresh(leftover({ since: NOW - 2000 - CLOCK_SKEW_MS }), NOW)).toBe(false);
  });
});

describe('the holder of a lease', () => {
  it('stops sending before another clock can see the lease end, early enough for its last request to arrive', () => {
    const until = NOW + 15_000;
    const firstTakeOver = until - CLOCK_SKEW_MS; // by the holder's clock, where the other one is ahead
    expect(sendsUntil({ owner: 'a', until }) + LATE_ARRIVAL_MS).toBeLessThanOrEqual(firstTakeOver);
  });
});
