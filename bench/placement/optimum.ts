import { MEDIA_REGIONS, type MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { rttMs } from '../../lib/domain/geo/rtt.ts';
import { mean } from '../../simulation/numbers.ts';

/** The best k replicas for a crowd known in full, with every viewer at the nearest. */
export interface Optimum {
  meanRttMs: number;
  p95RttMs: number;
  places: MediaRegion[];
}

interface Search {
  from: MediaRegion[];
  viewers: number[];
  best: number;
  places: MediaRegion[];
}

/**
 * The k media regions with the smallest mean, by exhaustive search: 43,758 sets at k = 8. It ignores the number of seats, so
 * with few seats it is a bound that may be out of reach.
 */
export function optimumOf(crowd: readonly MediaRegion[], k: number): Optimum {
  const from = [...new Set(crowd)];
  const viewers = from.map((region) => crowd.filter((each) => each === region).length);
  const search: Search = { from, viewers, best: Number.POSITIVE_INFINITY, places: [] };
  extend(search, { chosen: [], reach: from.map(() => Number.POSITIVE_INFINITY) }, { first: 0, k });
  const rtts = crowd.map((each) => Math.min(...search.places.map((place) => rttMs(each, place))));
  return { ...summary(rtts), places: search.places };
}

function extend(
  search: Search,
  { chosen, reach }: { chosen: MediaRegion[]; reach: number[] },
  { first, k }: { first: number; k: number },
): void {
  if (chosen.length === k) {
    const cost = reach.reduce((sum, ms, at) => sum + ms * (search.viewers[at] as number), 0);
    if (cost < search.best) Object.assign(search, { best: cost, places: chosen });
    return;
  }
  for (let at = first; at < MEDIA_REGIONS.length; at++) {
    const place = MEDIA_REGIONS[at] as MediaRegion;
    const closer = reach.map((ms, region) =>
      Math.min(ms, TABLE[place]?.[search.from[region] as MediaRegion] as number),
    );
    extend(search, { chosen: [...chosen, place], reach: closer }, { first: at + 1, k });
  }
}

const TABLE = Object.fromEntries(
  MEDIA_REGIONS.map((a) => [
    a,
    Object.fromEntries([...MEDIA_REGIONS, 'il-central-1' as const].map((b) => [b, rttMs(a, b)])),
  ]),
) as Record<MediaRegion, Record<MediaRegion, number>>;

/** The mean of these round trips, and their 95th percentile. */
export function summary(rtts: number[]): { meanRttMs: number; p95RttMs: number } {
  const sorted = rtts.toSorted((a, b) => a - b);
  return { meanRttMs: mean(rtts), p95RttMs: sorted[Math.ceil(sorted.length * 0.95) - 1] as number };
}
