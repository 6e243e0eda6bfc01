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

/** The viewers who were seated in this epoch. */
export interface Came {
  arrivals: Tally;
  /** The viewers of one media region come together (`comeInBursts`). */
  inBursts?: true;
}

/** What is known of an audience: the viewers who came, and what was known before. */
export interface Demand extends Expected, Came {}

/** The demand from what was read. A forecast of the host replaces the last audience, and says more than bursts do. */
export function demandOf(came: Came, { forecast, lastAudience }: Expected): Demand {
  if (forecast) return { arrivals: came.arrivals, forecast };
  return lastAudience ? { ...came, lastAudience } : came;
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

/** Viewers of media regions, added up by media region. */
export function addedUp(entries: readonly (readonly [MediaRegion, number])[]): Tally {
  const tally: Tally = {};
  for (const [from, viewers] of entries) tally[from] = (tally[from] ?? 0) + viewers;
  return tally;
}

/** The media regions of a tally, each with its viewers. */
export const entriesOf = (tally: Tally) => Object.entries(tally) as [MediaRegion, number][];

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

/** The viewers who drew a ticket of one replica: how many from each media region, and the first ticket that each drew. */
export interface Drawn {
  arrivals: Tally;
  first: Tally;
}

/** The viewers who drew tickets of these replicas, and whether they came in bursts. */
export function cameTo(replicas: readonly Drawn[]): Came {
  return { arrivals: arrivalsIn(replicas), ...(comeInBursts(replicas) && { inBursts: true }) };
}

/** How many viewers of each media region drew tickets of these replicas. */
export function arrivalsIn(replicas: readonly Drawn[]): Tally {
  return addedUp(replicas.flatMap(({ arrivals }) => entriesOf(arrivals)));
}

/** In bursts, about this many viewers come together. */
const BURST = 20;
/** Bursts are assumed once they explain the order of arrival e³ = 20 times better than independent viewers do. */
const EVIDENCE = 3;

/**
 * Whether the viewers of one media region come together, one media region after another. The counts alone cannot tell that from an
 * audience with few media regions; the first ticket of each media region can. If viewers come independently, the first of n viewers
 * among all T of a replica draws an early ticket. If they come in bursts, it may be any ticket.
 *
 * This compares likelihoods, so independent viewers are rarely taken for bursts, and only for a while: each later viewer is evidence
 * too.
 */
export function comeInBursts(replicas: readonly Drawn[]): boolean {
  return replicas.reduce((log, drawn) => log + evidenceIn(drawn), 0) > EVIDENCE;
}

/**
 * The logarithm of the likelihood ratio. The media region of ticket 0 says nothing: one of them has to be first. Without it the first
 * tickets are not all recorded, because an earlier version drew them.
 */
function evidenceIn({ arrivals, first }: Drawn): number {
  if (!Object.values(first).includes(0)) return 0;
  const all = totalOf(arrivals);
  const later = entriesOf(first).filter(([, ticket]) => ticket > 0);
  return later.reduce((log, [from, ticket]) => log + evidenceOf(arrivals[from] ?? 0, { ticket, all }), 0);
}

/**
 * Of `viewers` among `all`, the first ticket has this density if they come independently: the minimum of as many uniform numbers. In
 * bursts it is uniform; or, while no other viewer came after this one, the start of one of the bursts.
 */
function evidenceOf(viewers: number, { ticket, all }: { ticket: number; all: number }): number {
  if (viewers === 0 || ticket >= all) return 0;
  const independent = Math.log(viewers) + (viewers - 1) * Math.log(1 - ticket / all);
  const isLast = ticket + viewers === all;
  return (isLast ? Math.log(all / (1 + all / BURST)) : 0) - independent;
}
