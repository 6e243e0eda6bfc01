import type { MediaRegion } from '../geo/media-regions.ts';
import type { Report } from './report.ts';

/** Reports are counted in slices of time of this length (milliseconds); the last ones are shown. */
const SLICE_MS = 60_000;
const SHOWN_SLICES = 5;

/** The slice that contains this moment. */
export const reportSliceAt = (now: number): number => Math.floor(now / SLICE_MS);

/** The slices of the last minutes, this one first. */
export const shownSlices = (now: number): number[] =>
  Array.from({ length: SHOWN_SLICES }, (_, age) => reportSliceAt(now) - age);

/** The upper bounds of the histograms' buckets (milliseconds). The last one is the longest time that a client reports. */
const BUCKETS_MS = [500, 1000, 1500, 2000, 3000, 5000, 10_000, 30_000, 600_000] as const;

/** Counts by name. A name is short, because it becomes an attribute of an item. */
export type Counters = ReadonlyMap<string, number>;

const bucketOf = (ms: number) => BUCKETS_MS.find((bound) => ms <= bound) ?? BUCKETS_MS[BUCKETS_MS.length - 1];

/** What one report adds to the counters of its media region. */
export function countersOf({ firstAudioMs, firstVideoMs, reconnects, drops, failures }: Report): Counters {
  const counts: [string, number][] = [
    ['reports', 1],
    ['reconnects', reconnects],
    ['drops', drops],
    ['failures', failures.length],
  ];
  if (firstAudioMs !== undefined) counts.push([`audio${bucketOf(firstAudioMs)}`, 1]);
  if (firstVideoMs !== undefined) counts.push([`video${bucketOf(firstVideoMs)}`, 1]);
  return new Map(counts.filter(([, many]) => many > 0));
}

/** How the people of one media region fare. */
export interface RegionFares {
  mediaRegion: MediaRegion;
  reports: number;
  timeToFirstAudioMs?: Percentiles;
  timeToFirstVideoMs?: Percentiles;
  reconnects: number;
  drops: number;
  failures: number;
}

interface Percentiles {
  p50: number;
  p95: number;
}

/** The counters of each media region as hosts see them, the most reports first. */
export function faresOf(byMediaRegion: ReadonlyMap<MediaRegion, Counters>): RegionFares[] {
  const fares = [...byMediaRegion].map(([mediaRegion, counters]) => {
    const of = (name: string) => counters.get(name) ?? 0;
    const [audio, video] = [percentilesOf('audio', of), percentilesOf('video', of)];
    return {
      mediaRegion,
      reports: of('reports'),
      ...(audio && { timeToFirstAudioMs: audio }),
      ...(video && { timeToFirstVideoMs: video }),
      reconnects: of('reconnects'),
      drops: of('drops'),
      failures: of('failures'),
    };
  });
  return fares.sort((a, b) => b.reports - a.reports || (a.mediaRegion < b.mediaRegion ? -1 : 1));
}

/** The bucket of a percentile, as its upper bound. Undefined without a time. */
function percentilesOf(kind: 'audio' | 'video', of: (name: string) => number): Percentiles | undefined {
  const counts = BUCKETS_MS.map((bound) => ({ bound, many: of(`${kind}${bound}`) }));
  const total = counts.reduce((sum, { many }) => sum + many, 0);
  if (total === 0) return undefined;
  const at = (share: number) => {
    let passed = 0;
    const found = counts.find(({ many }) => {
      passed += many;
      return passed >= total * share;
    });
    return found?.bound ?? BUCKETS_MS[BUCKETS_MS.length - 1] ?? 0;
  };
  return { p50: at(0.5), p95: at(0.95) };
}

/** Adds counters to others. */
export function add(to: Map<string, number>, counters: Counters): void {
  for (const [name, many] of counters) to.set(name, (to.get(name) ?? 0) + many);
}
