import type { MediaRegion } from '../geo/media-regions.ts';
import { type Connection, sideOf } from './facts.ts';
import type { Interval } from './intervals.ts';
import { lengthOf, type Time, unionOf } from './totals.ts';

/** One person in one life: when they were connected, and the media region of each connection. */
export interface Attended {
  intervals: readonly Interval[];
  regions: ReadonlyMap<Connection, MediaRegion>;
}

/** How much a life was used. Minutes are exact numbers, not rounded. */
export interface Usage {
  people: number;
  /** How often people connected. */
  joins: number;
  minutes: { audience: number; stage: number; estimated: number };
  byMediaRegion: Partial<Record<MediaRegion, number>>;
  /** The most viewers who were connected at once, and since when (milliseconds since the Unix epoch). */
  peak: { viewers: number; at: number } | undefined;
}

const MINUTE_MS = 60_000;

/**
 * Sums up people, one after the other, in a time and memory that grow with the number of their intervals. Each connection counts by itself,
 * as Chime bills it: a viewer who watches and is on stage counts in both. In the peak, each viewer counts once.
 */
export function usageMeter(now: number) {
  const usage = { people: 0, joins: 0, minutes: { audience: 0, stage: 0, estimated: 0 } };
  const byMediaRegion: Usage['byMediaRegion'] = {};
  const watching: Time[] = [];
  return {
    add: ({ intervals, regions }: Attended): void => {
      usage.people += intervals.length > 0 ? 1 : 0;
      usage.joins += intervals.length;
      for (const interval of intervals) {
        const minutes = lengthOf(unionOf([interval], now)) / MINUTE_MS;
        usage.minutes[sideOf(interval.connection)] += minutes;
        if (interval.isEstimated) usage.minutes.estimated += minutes;
        const region = regions.get(interval.connection);
        if (region) byMediaRegion[region] = (byMediaRegion[region] ?? 0) + minutes;
      }
      const watched = intervals.filter(({ connection }) => sideOf(connection) === 'audience');
      watching.push(...unionOf(watched, now));
    },
    total: (): Usage => ({ ...usage, byMediaRegion, peak: peakOf(watching) }),
  };
}

/** The most of these times that overlap, and when that many first do. One that ends as another begins does not overlap it. */
export function peakOf(times: readonly Time[]): Usage['peak'] {
  const changes = times
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.by - other.by);
  let viewers = 0;
  let peak: Usage['peak'];
  for (const { at, by } of changes) {
    viewers += by;
    if (viewers > (peak?.viewers ?? 0)) peak = { viewers, at };
  }
  return peak;
}

/** What the connected minutes cost at this price; undefined if the deployment names no price. */
export function costOf(
  { minutes }: Pick<Usage, 'minutes'>,
  price: { perAttendeeMinute: number; currency: string } | undefined,
): { amount: number; currency: string } | undefined {
  if (!price) return undefined;
  return { amount: (minutes.audience + minutes.stage) * price.perAttendeeMinute, currency: price.currency };
}
