import type { MediaRegion } from '../geo/media-regions.ts';
import { type Demand, outlookOf, type Weights, weightsOf } from './demand.ts';
import { likelyAudiences } from './likely-audiences.ts';
import { bestPlan, costOf, quickPlan, type Reach, reachOf, reachWith } from './plan.ts';

/** What a new replica in this media region would do, and what it must. */
export interface Offer {
  mediaRegion: MediaRegion;
  /** What it would have spared those who came so far, had it been there: viewers times milliseconds. */
  savedMs: number;
  /** What it must spare to be opened now. */
  priceMs: number;
}

/** The situation in which a replica may be opened: what is there, what may be added, and for whom. */
export interface Ground {
  standing: readonly MediaRegion[];
  allowed: readonly MediaRegion[];
  left: number;
  demand: Demand;
}

/** So many viewers are taken to come still: a mistake is paid by them. */
const STILL_TO_COME = 400;
const AUDIENCES = 48;
/** Opening costs calls to Chime and a wait: never for less than this. */
const LEAST_PRICE_MS = 30;
/** A viewer alone, whom no forecast named, is no group: while fewer than plenty are left, it takes two. */
const COMPANY = 2;
const PLENTY = 8;
const OFFERS_AT_MOST = 3;
/** With more than these left, plans are made quickly: there are others to make up for a flaw. */
const PLANNED_WELL = 3;

/**
 * The places where the replicas that are left should stand, as far as is known today, each with what it spares and its
 * price. The price is what opening there now instead of later, when the audience is known, is expected to cost those
 * still to come: nothing where every likely audience wants it or plenty are left, much where it may prove a mistake,
 * and more the fewer are left to make up for it. So the second pole of an audience gets its replica at its first
 * viewers, and the last one is given only to a group that is surely there. Only those asked for are offered, the most
 * sparing first.
 */
export function offersOf(ground: Ground, isOffered = (_: MediaRegion) => true): Offer[] {
  const { demand, left } = ground;
  const outlook = outlookOf(demand);
  const reach = reachOf(ground.standing);
  const came = weightsOf(demand.arrivals);
  const spares = (place: MediaRegion) => costOf(came, reach) - costOf(came, reach, place);
  const { places } = bestPlan(outlook, reach, { among: ground.allowed, count: left });
  const offered = places
    .filter(
      (place) => isOffered(place) && spares(place) >= LEAST_PRICE_MS && hasCompany(place, reach, ground),
    )
    .toSorted((a, b) => spares(b) - spares(a))
    .slice(0, OFFERS_AT_MOST);
  if (offered.length === 0) return [];
  const priceMs = left < PLENTY ? pricing(outlook, reach, ground) : () => 0;
  return offered.map((place) => ({
    mediaRegion: place,
    savedMs: spares(place),
    priceMs: priceMs(place),
  }));
}

/** Has it earned its place? */
export function isPaid({ savedMs, priceMs }: Offer): boolean {
  return savedMs >= priceMs;
}

/** Where the replicas that are left should stand, as far as is known today. */
export function wanted({ standing, allowed, left, demand }: Ground): MediaRegion[] {
  return bestPlan(outlookOf(demand), reachOf(standing), { among: allowed, count: left }).places;
}

/** Would enough of those who came, or are forecast, be nearer to a seat? */
function hasCompany(place: MediaRegion, reach: Reach, { demand, left }: Ground): boolean {
  const [closer, told] = [reachWith(reach, place), weightsOf(demand.forecast ?? {})];
  const helped = weightsOf(demand.arrivals).reduce((sum, viewers, at) => {
    const isNearer = (closer[at] as number) < (reach[at] as number);
    return sum + (isNearer ? viewers + (told[at] as number) : 0);
  }, 0);
  return helped >= (left < PLENTY ? COMPANY : 1);
}

function pricing(outlook: Weights, reach: Reach, { allowed: among, left: count }: Ground) {
  const audiences = likelyAudiences(outlook, AUDIENCES);
  const planned = count > PLANNED_WELL ? quickPlan : bestPlan;
  const free = audiences.map((audience) => planned(audience, reach, { among, count }).cost);
  return (place: MediaRegion): number => {
    const bound = reachWith(reach, place);
    const losses = audiences.map((audience, at) => {
      const { cost } = planned(audience, bound, { among, count: count - 1 });
      return Math.max(0, cost - (free[at] as number));
    });
    return (losses.reduce((sum, loss) => sum + loss, 0) / AUDIENCES) * STILL_TO_COME;
  };
}
