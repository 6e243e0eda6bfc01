import type { MediaRegion } from './media-regions.ts';
import { isAbandoned, replicasLeft, type Topology } from './topology.ts';

/** How many viewers a host expects where. */
export type Forecast = Partial<Record<MediaRegion, number>>;

/** What is to stand in one media region for its expected viewers. */
export interface PlannedRegion {
  mediaRegion: MediaRegion;
  /** As the host asked. */
  asked: number;
  replicas: number;
}

/** A replica to be opened. */
export interface Opening {
  ordinal: number;
  mediaRegion: MediaRegion;
}

/**
 * Share out the replicas that are left among the expected audiences, one at a time, each to where most people would be left
 * without a seat by what stands there. Where there are too few for all, nobody's region is served twice before a greater
 * need elsewhere.
 */
export function planReplicas(topology: Topology, forecast: Forecast, capacity: number): PlannedRegion[] {
  const regions = Object.entries(forecast) as [MediaRegion, number][];
  const plan = regions.map(([mediaRegion, asked]) => ({
    ...{ mediaRegion, asked },
    replicas: standingIn(topology, mediaRegion),
  }));
  const unmet = ({ asked, replicas }: PlannedRegion) => asked - replicas * capacity;
  for (let left = replicasLeft(topology); left > 0; left--) {
    const neediest = plan.reduce<PlannedRegion | undefined>(
      (best, region) => (unmet(region) > (best ? unmet(best) : 0) ? region : best),
      undefined,
    );
    if (!neediest) break;
    neediest.replicas++;
  }
  return plan;
}

function standingIn({ replicas }: Topology, mediaRegion: MediaRegion): number {
  return replicas.filter((replica) => replica.state !== 'retired' && replica.mediaRegion === mediaRegion)
    .length;
}

/**
 * Which replicas are still to be opened for a plan: those that a crash left half open, in any region, and as many new
 * ones as their region is short of.
 */
export function missingReplicas(topology: Topology, plan: PlannedRegion[], now: number): Opening[] {
  const unfinished = topology.replicas.filter((replica) => isAbandoned(replica, now));
  const used = new Set(topology.replicas.map((replica) => replica.ordinal));
  const short = plan.flatMap(({ mediaRegion, replicas }) => {
    const lacking = Math.max(0, replicas - standingIn(topology, mediaRegion));
    return Array.from({ length: lacking }, () => mediaRegion);
  });
  const fresh = short.map((mediaRegion) => ({ ordinal: nextFree(used), mediaRegion }));
  return [...unfinished.map(({ ordinal, mediaRegion }) => ({ ordinal, mediaRegion })), ...fresh];
}

function nextFree(used: Set<number>): number {
  let ordinal = 0;
  while (used.has(ordinal)) ordinal++;
  used.add(ordinal);
  return ordinal;
}
