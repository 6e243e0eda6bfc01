import type { MediaRegion } from '../geo/media-regions.ts';
import { type Demand, type Weights, weightsOf } from './demand.ts';
import { likelyAudiences } from './kinds-of-audience.ts';
import { expectedOf, meanOf, outlooksOf } from './outlook.ts';
import { bestPlan, costOf, quickPlan, type Reach, reachOf, reachWith } from './plan.ts';

/** The benefit and the price of a new replica in one media region. */
export interface Offer {
  mediaRegion: MediaRegion;
  /** What it would have saved the viewers who came so far: viewers times milliseconds. In bursts each counts several times. */
  sparesMs: number;
  /** What it must save to be opened now. */
  priceMs: number;
}

/** The situation in which a replica may be opened: the standing replicas, how many more are allowed, and the demand. */
export interface Ground {
  standing: readonly MediaRegion[];
  allowed: readonly MediaRegion[];
  remaining: number;
  demand: Demand;
}

/** How many viewers are assumed to come still. They pay for a mistake. */
const STILL_TO_COME = 400;
const AUDIENCES = 48;
/** Opening costs Chime calls and a wait: the minimum price. */
const LEAST_PRICE_MS = 30;
/** The last replica is opened for at least this many viewers who would be nearer to a seat. */
const COMPANY = 2;
/** With this many left, a new one costs no price. */
const PLENTY = 8;
const OFFERS_AT_MOST = 3;
/** In bursts, the viewers who came so far count as this many, because more come from there at once. */
const BURST_GOES_ON = 5;

/**
 * The places where the remaining replicas should stand by current knowledge, each with its saving and its price. The price is
 * the expected cost, for viewers still to come, of opening there now instead of later, when the audience is known.
 *
 * - It is zero where every likely audience wants the replica, or plenty are left.
 * - It is high where the replica may prove a mistake, and higher the fewer are left to correct it.
 *
 * So the second centre of an audience gets its replica with its first viewers, and the last replica goes only to a group that
 * is certain. Returns only the requested places, those that save most first.
 */
export function offersOf(ground: Ground, isOffered = (_: MediaRegion) => true): Offer[] {
  const { demand, remaining } = ground;
  const outlooks = outlooksOf(demand);
  const reach = reachOf(ground.standing);
  const came = weightsOf(demand.arrivals);
  const more = demand.inBursts ? BURST_GOES_ON : 1;
  const spares = (place: MediaRegion) => more * (costOf(came, reach) - costOf(came, reach, place));
  const { places } = bestPlan(meanOf(outlooks), reach, { among: ground.allowed, count: remaining });
  const offered = places
    .filter(
      (place) => isOffered(place) && spares(place) >= LEAST_PRICE_MS && hasCompany(place, reach, ground),
    )
    .toSorted((a, b) => spares(b) - spares(a))
    .slice(0, OFFERS_AT_MOST);
  if (offered.length === 0) return [];
  const likely = () => likelyAudiences(outlooks, AUDIENCES);
  const priceMs = remaining < PLENTY ? pricing(reach, ground, likely()) : () => 0;
  return offered.map((place) => ({
    mediaRegion: place,
    sparesMs: spares(place),
    priceMs: priceMs(place),
  }));
}

/** Whether the saving reaches the price. */
export function isPaid({ sparesMs, priceMs }: Offer): boolean {
  return sparesMs >= priceMs;
}

/** Where the remaining replicas should stand, by current knowledge. */
export function wanted({ standing, allowed, remaining, demand }: Ground): MediaRegion[] {
  return bestPlan(meanOf(outlooksOf(demand)), reachOf(standing), { among: allowed, count: remaining }).places;
}

/** Whether a place serves a group that came or is expected: the last replica is not opened for one unexpected viewer. */
function hasCompany(place: MediaRegion, reach: Reach, { demand, remaining }: Ground): boolean {
  if (remaining > 1) return true;
  const [closer, told] = [reachWith(reach, place), weightsOf(expectedOf(demand) ?? {})];
  const helped = weightsOf(demand.arrivals).reduce((sum, viewers, at) => {
    const isNearer = (closer[at] as number) < (reach[at] as number);
    return sum + (isNearer ? viewers + (told[at] as number) : 0);
  }, 0);
  return helped >= COMPANY;
}

/** The price of each place for a new replica. */
function pricing(reach: Reach, ground: Ground, audiences: readonly Weights[]) {
  const { allowed: among, remaining: count } = ground;
  const free = audiences.map((audience) => quickPlan(audience, reach, { among, count }).cost);
  return (place: MediaRegion): number => {
    const bound = reachWith(reach, place);
    const losses = audiences.map((audience, at) => {
      const { cost } = quickPlan(audience, bound, { among, count: count - 1 });
      return Math.max(0, cost - (free[at] as number));
    });
    return (losses.reduce((sum, loss) => sum + loss, 0) / audiences.length) * STILL_TO_COME;
  };
}
