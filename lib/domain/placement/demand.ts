import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';

/** The number of viewers by their own media region. */
export type Tally = Partial<Record<MediaRegion, number>>;

/** What was known of an audience before it came. */
export interface Expected {
  /** How many viewers the host expects. */
  forecast?: Tally;
  /** The audience of the earlier lives of the name (`lastAudienceAfter`). */
  lastAudience?: Tally;
}

/** What is known of an audience: the viewers who were seated in this epoch, and what was known before. */
export interface Demand extends Expected {
  arrivals: Tally;
}

/** The demand from what was read. A forecast of the host replaces the last audience. */
export function demandOf(arrivals: Tally, { forecast, lastAudience }: Expected): Demand {
  if (forecast) return { arrivals, forecast };
  return lastAudience ? { arrivals, lastAudience } : { arrivals };
}

/** A number for each media region, in the order of ALL_MEDIA_REGIONS. */
export type Weights = readonly number[];

/** A tally as numbers in the order of ALL_MEDIA_REGIONS. */
export function weightsOf(tally: Tally): number[] {
  return ALL_MEDIA_REGIONS.map((mediaRegion) => tally[mediaRegion] ?? 0);
}

/** Numbers in the order of ALL_MEDIA_REGIONS as a tally, without zeros. */
export function inTally(weights: Weights): Tally {
  const entries = ALL_MEDIA_REGIONS.map((mediaRegion, at) => [mediaRegion, weights[at] as number] as const);
  return Object.fromEntries(entries.filter(([, viewers]) => viewers > 0));
}

/** How many viewers a tally counts. */
export function totalOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, viewers) => sum + viewers, 0);
}

/** The demand with one viewer more. */
export function withArrival(demand: Demand, mediaRegion: MediaRegion): Demand {
  const { arrivals } = demand;
  return { ...demand, arrivals: { ...arrivals, [mediaRegion]: (arrivals[mediaRegion] ?? 0) + 1 } };
}

/** The same proportions with another sum. Zero weights stay zero. */
export function scaled(weights: Weights, sum: number): number[] {
  const whole = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => (whole > 0 ? (each * sum) / whole : 0));
}

/** The sum of both, media region by media region. */
export function sumOf(a: Weights, b: Weights): number[] {
  return a.map((weight, at) => weight + (b[at] as number));
}
