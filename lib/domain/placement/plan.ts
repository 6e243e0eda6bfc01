import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';
import { rttMs } from '../geo/rtt.ts';
import type { Weights } from './demand.ts';

/** For each media region of viewers, in the order of ALL_MEDIA_REGIONS, the milliseconds to the nearest replica. */
export type Reach = Float64Array;

/** The places of replicas, and the total distance of all viewers from them, in viewers times milliseconds. */
export interface Plan {
  places: MediaRegion[];
  cost: number;
}

/** The distance without any replica: as far as any unmeasured pair. */
const NOWHERE_MS = 500;
const LEAST_STEP = 1e-9;

const rows = new Map<MediaRegion, Reach>();

function rowOf(mediaRegion: MediaRegion): Reach {
  const known = rows.get(mediaRegion);
  if (known) return known;
  const row = Float64Array.from(ALL_MEDIA_REGIONS, (from) => rttMs(from, mediaRegion));
  rows.set(mediaRegion, row);
  return row;
}

/** The distance of each viewer region from the nearest of these places. */
export function reachOf(places: readonly MediaRegion[]): Reach {
  return places.reduce(reachWith, new Float64Array(ALL_MEDIA_REGIONS.length).fill(NOWHERE_MS));
}

/** The distances with one place more. */
export function reachWith(reach: Reach, place: MediaRegion): Reach {
  const row = rowOf(place);
  const closer = reach.slice();
  for (let at = 0; at < closer.length; at++)
    if ((row[at] as number) < (closer[at] as number)) closer[at] = row[at] as number;
  return closer;
}

/** The total distance of all these viewers, in viewers times milliseconds. */
export function costOf(weights: Weights, reach: Reach, place?: MediaRegion): number {
  const row = place ? rowOf(place) : reach;
  let cost = 0;
  for (let at = 0; at < reach.length; at++) {
    const standing = reach[at] as number;
    const added = row[at] as number;
    cost += (weights[at] as number) * (added < standing ? added : standing);
  }
  return cost;
}

/**
 * Where this many more replicas should stand, beside the existing ones, for viewers of these weights. Each is placed where it
 * helps most, then moved while moving helps (local search for the k-median problem: Arya and others 2001). Among 18 places
 * that is nearly always the true optimum. Returns fewer places when more would not help.
 */
export function bestPlan(weights: Weights, reach: Reach, choice: Choice): Plan {
  return improved(quickPlan(weights, reach, choice), weights, { reach, among: choice.among });
}

/** `bestPlan` without the moves: sometimes a few percent worse, and several times as fast. */
export function quickPlan(weights: Weights, reach: Reach, { among, count }: Choice): Plan {
  let plan: Plan = { places: [], cost: costOf(weights, reach) };
  for (let remaining = count; remaining > 0; remaining--) {
    const next = bestPlace(weights, plan.places.reduce(reachWith, reach), among);
    if (!next || next.cost >= plan.cost - LEAST_STEP) break;
    plan = { places: [...plan.places, next.place], cost: next.cost };
  }
  return plan;
}

export interface Choice {
  among: readonly MediaRegion[];
  count: number;
}

interface Step {
  place: MediaRegion;
  cost: number;
}

function bestPlace(weights: Weights, reach: Reach, among: readonly MediaRegion[]): Step | undefined {
  let [best, least]: [MediaRegion | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const place of among) {
    const row = rowOf(place);
    let cost = 0;
    for (let at = 0; at < row.length && cost < least; at++) {
      const standing = reach[at] as number;
      const added = row[at] as number;
      cost += (weights[at] as number) * (added < standing ? added : standing);
    }
    if (cost < least) [best, least] = [place, cost];
  }
  return best && { place: best, cost: least };
}

interface Ground {
  reach: Reach;
  among: readonly MediaRegion[];
}

function improved(plan: Plan, weights: Weights, ground: Ground): Plan {
  let [now, before] = [plan, Number.POSITIVE_INFINITY];
  while (plan.places.length > 1 && now.cost < before - LEAST_STEP) {
    before = now.cost;
    for (let at = 0; at < now.places.length; at++) now = moved(now, at, { ...ground, weights });
  }
  return now;
}

function moved(plan: Plan, at: number, { weights, reach, among }: Ground & { weights: Weights }): Plan {
  const others = plan.places.filter((_, other) => other !== at).reduce(reachWith, reach);
  const better = bestPlace(weights, others, among);
  if (!better || better.cost >= plan.cost - LEAST_STEP) return plan;
  return { places: plan.places.with(at, better.place), cost: better.cost };
}
