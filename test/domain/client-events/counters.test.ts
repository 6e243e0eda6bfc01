import {
  add,
  type Counters,
  countersOf,
  faresOf,
  reportSliceAt,
  shownSlices,
} from '../../../lib/domain/client-events/counters.ts';
import { FAILURES } from '../../../lib/domain/client-events/failures.ts';
import {
  type ClientEvent,
  LONGEST_MS,
  MOST_EVENTS,
  MOST_TIMES,
  reportOf,
} from '../../../lib/domain/client-events/report.ts';
import { ALL_MEDIA_REGIONS } from '../../../lib/domain/geo/media-regions.ts';
import fc from '../../support/random/property.ts';
import { NOW } from '../../support/topologies.ts';

const ms = fc.integer({ min: 0, max: LONGEST_MS });
const times = fc.integer({ min: 1, max: MOST_TIMES });
const event: fc.Arbitrary<ClientEvent> = fc.record(
  {
    timeToFirstAudioMs: ms,
    timeToFirstVideoMs: ms,
    reconnects: times,
    drops: times,
    failure: fc.constantFrom(...FAILURES),
  },
  { requiredKeys: [] },
);
const events = fc.array(event, { maxLength: MOST_EVENTS });

/** The counters of many reports of one media region. */
function counted(reports: readonly ClientEvent[][]): Map<string, number> {
  const all = new Map<string, number>();
  for (const report of reports) add(all, countersOf(reportOf(report)));
  return all;
}
const fares = (counters: Counters) => faresOf(new Map([['eu-central-1', counters]]))[0];
const heardAfter = (...all: number[]) =>
  fares(counted(all.map((timeToFirstAudioMs) => [{ timeToFirstAudioMs }])))?.timeToFirstAudioMs;

describe('the counters of a media region', () => {
  it('are the same in whatever order reports come', () => {
    fc.assert(
      fc.property(fc.array(events), (reports) => {
        expect(fares(counted(reports))).toEqual(fares(counted(reports.toReversed())));
      }),
    );
  });

  it('are at most 22 numbers, so that an item with all media regions stays below 32 KB', () => {
    fc.assert(
      fc.property(fc.array(events, { minLength: 50 }), (reports) => {
        const names = [...counted(reports).keys()];
        expect(names.length).toBeLessThanOrEqual(22);
        const attributes = ALL_MEDIA_REGIONS.flatMap((region) => names.map((name) => `${region}#${name}`));
        expect(attributes.reduce((bytes, name) => bytes + name.length + 8, 0)).toBeLessThan(32_000);
      }),
      { numRuns: 20 },
    );
  });

  it('count reconnects, drops and failures of all events, and each report once', () => {
    const [report] = [[{ reconnects: 2 }, { drops: 1, failure: 'TaskFailed' } as const, { reconnects: 3 }]];
    expect(fares(counted([report, report]))).toEqual({
      ...{ mediaRegion: 'eu-central-1', reports: 2, reconnects: 10, drops: 2, failures: 2 },
    });
  });

  it('count one first audio for each report, whatever a client repeats', () => {
    const report = [{ timeToFirstAudioMs: 400 }, { timeToFirstAudioMs: 9000 }];
    expect(fares(counted([report]))?.timeToFirstAudioMs).toEqual({ p50: 500, p95: 500 });
  });
});

describe('a percentile of times', () => {
  it('is the upper bound of its bucket', () => {
    expect(heardAfter(1, 400, 500)).toEqual({ p50: 500, p95: 500 });
    expect(heardAfter(501, 800, 2900)).toEqual({ p50: 1000, p95: 3000 });
  });

  it('of nineteen in twenty who hear early is early at p95, and late with one more who waits', () => {
    const early = Array.from({ length: 19 }, () => 700);
    expect(heardAfter(...early, 20_000)).toEqual({ p50: 1000, p95: 1000 });
    expect(heardAfter(...early, 20_000, 20_000)).toEqual({ p50: 1000, p95: 30_000 });
  });

  it('is absent where no client reported a time', () => {
    expect(fares(counted([[{ drops: 1 }]]))).not.toHaveProperty('timeToFirstAudioMs');
  });

  it('is never below the true one, and never above the longest time', () => {
    fc.assert(
      fc.property(fc.array(ms, { minLength: 1 }), (all) => {
        const sorted = all.toSorted((a, b) => a - b);
        const median = sorted[Math.ceil(sorted.length / 2) - 1] as number;
        expect(heardAfter(...all)?.p50).toBeGreaterThanOrEqual(median);
        expect(heardAfter(...all)?.p95).toBeLessThanOrEqual(LONGEST_MS);
      }),
    );
  });
});

describe('the slices that are shown', () => {
  it('are this minute and the four before', () => {
    const slices = shownSlices(NOW);
    expect(slices).toContain(reportSliceAt(NOW - 4 * 60_000));
    expect(slices).not.toContain(reportSliceAt(NOW - 5 * 60_000));
    expect(slices).toHaveLength(5);
  });
});
