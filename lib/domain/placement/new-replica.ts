import type { MediaRegion } from '../geo/media-regions.ts';
import { nearestFirst, rttMs } from '../geo/rtt.ts';
import { ordinalIn } from '../meeting/ordinals.ts';
import type { Replica, Topology } from '../meeting/topology.ts';
import type { OpenPlacement, Placement, Viewer } from './decision.ts';
import { type Demand, withArrival } from './demand.ts';
import { type Ground, isPaid, type Offer, offersOf, wanted } from './offers.ts';
import { expectedOf } from './outlook.ts';
import { remainingReplicas } from './remaining-replicas.ts';

/** A new replica must save more than this, and more than a quarter, to justify one of the few left (ms). */
const WORTH_MS = 40;
const WORTH_SHARE = 0.25;

/** Whether a seat at `to` milliseconds saves enough of `from` to justify a wait or a replica. */
export function isWorth(from: number, to: number, leastMs = WORTH_MS): boolean {
  return from - to > leastMs && from - to > from * WORTH_SHARE;
}

/** The round trip to the nearest of these replicas. */
export function nearestRtt(replicas: Replica[], viewer: Viewer): number {
  return Math.min(...replicas.map((replica) => rttMs(viewer.mediaRegion, replica.mediaRegion)));
}

interface Reachable {
  reachable: Replica[];
  viewer: Viewer;
}

/** A new replica that justifies itself: by what is known of the audience, otherwise by a conservative rule. */
export function worthOpening(
  topology: Topology,
  allowed: MediaRegion[],
  near: Reachable,
): Placement | undefined {
  if (near.reachable.length === 0 || remainingReplicas(topology, near.viewer.now) === 0) return undefined;
  const mediaRegion = near.viewer.demand
    ? earned(topology, allowed, { ...near, demand: near.viewer.demand })
    : conservativeRegion(topology, allowed, near);
  return (
    mediaRegion && {
      kind: 'open',
      ordinal: ordinalIn(topology, mediaRegion, near.viewer.now),
      mediaRegion,
      reason: 'worth-opening',
    }
  );
}

/**
 * The place of a new replica that is worth it for this viewer, and that saves the whole audience more than its price.
 */
function earned(
  topology: Topology,
  allowed: MediaRegion[],
  near: Reachable & { demand: Demand },
): MediaRegion | undefined {
  if (!isWorth(nearestRtt(near.reachable, near.viewer), 0)) return undefined;
  return offersTo(topology, allowed, near).find(isPaid)?.mediaRegion;
}

/** The new replicas that would be worth it for this viewer, by what is known of the audience including this viewer. */
export function offersTo(
  topology: Topology,
  allowed: MediaRegion[],
  { reachable, viewer, demand }: Reachable & { demand: Demand },
): Offer[] {
  const ground: Ground = {
    standing: reachable.map(({ mediaRegion }) => mediaRegion),
    allowed,
    remaining: remainingReplicas(topology, viewer.now),
    demand: withArrival(demand, viewer.mediaRegion),
  };
  const now = nearestRtt(reachable, viewer);
  return offersOf(ground, (place) => isWorth(now, rttMs(viewer.mediaRegion, place)));
}

/**
 * The conservative rule: the fewer replicas are left, the more a new one must save. The last one is kept for when seats run
 * out (of two or fewer, none is kept). So four viewers from four continents do not use up a quota of four.
 */
function conservativeRegion(
  topology: Topology,
  allowed: MediaRegion[],
  { reachable, viewer }: Reachable,
): MediaRegion | undefined {
  const here = nearestFirst(viewer.mediaRegion, allowed)[0];
  const remaining = remainingReplicas(topology, viewer.now);
  const kept = topology.options.maxReplicas > 2 ? 1 : 0;
  if (!here || remaining <= kept) return undefined;
  const leastMs = (WORTH_MS * topology.options.maxReplicas) / remaining;
  const worth = isWorth(nearestRtt(reachable, viewer), rttMs(viewer.mediaRegion, here), leastMs);
  return worth ? here : undefined;
}

/**
 * The place of a replica where a viewer finds none: near the viewer, or if an audience is expected, in the nearest of the media regions
 * that are planned for it. An elected opener prefers the one that is `mostDue`.
 */
export function anywhere(
  topology: Topology,
  allowed: MediaRegion[],
  viewer: Viewer,
): OpenPlacement | undefined {
  const remaining = remainingReplicas(topology, viewer.now);
  const planned = planFor(topology, allowed, viewer);
  const places = planned.length > 0 ? planned : allowed;
  const mediaRegion =
    allowed.find((place) => place === viewer.mostDue) ?? nearestFirst(viewer.mediaRegion, places)[0];
  if (!mediaRegion || remaining === 0) return undefined;
  const ordinal = ordinalIn(topology, mediaRegion, viewer.now);
  return { kind: 'open', ordinal, mediaRegion, reason: 'nothing-has-room' };
}

function planFor(topology: Topology, allowed: MediaRegion[], viewer: Viewer): MediaRegion[] {
  if (!viewer.demand) return [];
  const demand = withArrival(viewer.demand, viewer.mediaRegion);
  const isKnown = expectedOf(demand) !== undefined || topology.replicas.length > 0;
  if (!isKnown) return [];
  return wanted({ standing: [], allowed, remaining: remainingReplicas(topology, viewer.now), demand });
}
