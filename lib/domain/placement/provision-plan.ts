import type { MediaRegion } from '../geo/media-regions.ts';
import { nextOrdinal } from '../meeting/ordinals.ts';
import { isLeaseExpired, type Replica, type Topology } from '../meeting/topology.ts';
import { entriesOf } from './demand.ts';
import { remainingReplicas, takesPlace } from './remaining-replicas.ts';

/** How many viewers a host expects in which media region. */
export type Forecast = Partial<Record<MediaRegion, number>>;

/** The planned replicas of one media region for its expected viewers. */
export interface PlannedRegion {
  mediaRegion: MediaRegion;
  /** How many viewers the host's request names for this media region. */
  asked: number;
  replicas: number;
}

/** A replica to be opened. */
export interface Opening {
  ordinal: number;
  mediaRegion: MediaRegion;
}

export interface PlanInput {
  forecast: Forecast;
  /** The seats of one replica. */
  capacity: number;
  now: number;
  /** Where further replicas may be planned; everywhere when absent. */
  open?: readonly MediaRegion[];
}

/**
 * Divides the remaining replicas among the expected audiences, one at a time. Each replica goes to the media region
 * where the most viewers would lack a seat so far. So with too few replicas, no region gets a second one while another
 * region has the greater need. Only media regions in `open` get further ones.
 */
export function planReplicas(
  topology: Topology,
  { forecast, capacity, now, open }: PlanInput,
): PlannedRegion[] {
  const plan = entriesOf(forecast).map(([mediaRegion, asked]) => ({
    ...{ mediaRegion, asked },
    replicas: standingIn(topology, mediaRegion),
  }));
  const unmet = ({ mediaRegion, asked, replicas }: PlannedRegion) =>
    open && !open.includes(mediaRegion) ? 0 : asked - replicas * capacity;
  for (let remaining = remainingReplicas(topology, now); remaining > 0; remaining--) {
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
  return replicas.filter((replica) => takesPlace(replica) && replica.mediaRegion === mediaRegion).length;
}

/**
 * The replicas that a plan still lacks: first the half-open ones that a crash left, in any media region; then as many
 * as each region lacks. For these, the ordinals that Chime failed to open in the region come before new ones.
 */
export function missingReplicas(topology: Topology, plan: PlannedRegion[], now: number): Opening[] {
  const abandoned = topology.replicas.filter((replica) => isLeaseExpired(replica, now));
  const unfinished = abandoned.filter(takesPlace);
  const failed = abandoned.filter((replica) => !takesPlace(replica));
  let next = nextOrdinal(topology);
  const short = plan.flatMap(({ mediaRegion, replicas }) => {
    const lacking = Math.max(0, replicas - standingIn(topology, mediaRegion));
    return Array.from({ length: lacking }, () => mediaRegion);
  });
  const others = short.map((mediaRegion) => ({
    ordinal: takeOne(failed, mediaRegion) ?? next++,
    mediaRegion,
  }));
  return [...unfinished.map(({ ordinal, mediaRegion }) => ({ ordinal, mediaRegion })), ...others];
}

function takeOne(failed: Replica[], mediaRegion: MediaRegion): number | undefined {
  const at = failed.findIndex((replica) => replica.mediaRegion === mediaRegion);
  return at === -1 ? undefined : failed.splice(at, 1)[0]?.ordinal;
}
