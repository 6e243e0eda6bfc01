import type { OpenReplica } from '../../../lib/domain/meeting/topology.ts';
import { type Counts, isCountDue, isSettled, versionOf } from '../../../lib/domain/reconcile/counts.ts';
import { NOW } from '../../support/topologies.ts';

const HALF_AN_HOUR = 1_800_000;
const replica = {
  ordinal: 0,
  state: 'open',
  meetingId: 'r0',
  mediaRegion: 'us-east-1',
  capacity: 10,
} as OpenReplica;
const drawn: Counts = {
  ...{ taken: 4, minted: 10, marks: 3, vacated: 0, leaksNotedAt: 0 },
  returned: new Set([1]),
  retired: new Set(),
  away: new Set(),
  leakCandidates: new Set(),
  countedAt: NOW - 90_000,
};
const counted: Counts = { ...drawn, countedAs: versionOf(drawn) };

/** What one write leaves. */
const writes: Record<string, Partial<Counts>> = {
  'a ticket was drawn': { taken: 5 },
  'a returned ticket was drawn': { returned: new Set() },
  'a ticket was returned': { returned: new Set([1, 2]), marks: 4 },
  'a ticket was marked as away or back': { marks: 4 },
  'a ticket was retired': { vacated: 1 },
};

describe('the counts of a replica', () => {
  it('are due for a comparison 90 s after the last one where there was none that told its version', () => {
    expect(isCountDue(drawn, NOW)).toBe(true);
    expect(isCountDue(drawn, NOW - 1)).toBe(false);
  });

  it('are not due for half an hour where nothing changed', () => {
    expect(isCountDue(counted, NOW)).toBe(false);
    expect(isCountDue(counted, counted.countedAt + HALF_AN_HOUR - 1)).toBe(false);
    expect(isCountDue(counted, counted.countedAt + HALF_AN_HOUR)).toBe(true);
  });

  it.each(Object.keys(writes))('are due 90 s after the last comparison where %s since', (what) => {
    expect(isCountDue({ ...counted, ...writes[what] }, NOW)).toBe(true);
    expect(isCountDue({ ...counted, ...writes[what] }, NOW - 1)).toBe(false);
  });

  it('are due where a ticket was returned and drawn again since', () => {
    expect(isCountDue({ ...counted, marks: 4 }, NOW)).toBe(true);
  });

  it('are due while a leak candidate is not known as leaked', () => {
    const watched = { ...counted, leakCandidates: new Set([2]) };
    expect(isCountDue(watched, NOW)).toBe(true);
    expect(isCountDue({ ...watched, away: new Set([2]) }, NOW)).toBe(false);
  });
});

describe('a replica', () => {
  it('is settled where the counts are compared and seats do not run short', () => {
    expect(isSettled({ replica, counts: counted }, NOW)).toBe(true);
  });

  it.each<[string, Partial<Counts>, Partial<OpenReplica>]>([
    ['seats run short', { taken: 10, countedAs: '10/1/3/0' }, {}],
    ['seats were retired and not minted again', { retired: new Set([0]) }, {}],
    ['it is marked as sold out, and is not', {}, { soldOut: true }],
    ['the counts are to be compared', { taken: 5 }, {}],
  ])('is not settled where %s', (_, counts, marks) => {
    expect(isSettled({ replica: { ...replica, ...marks }, counts: { ...counted, ...counts } }, NOW)).toBe(
      false,
    );
  });
});
