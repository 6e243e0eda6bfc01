import type { RequestContext } from '../../context.ts';
import { openingsAtOnce } from '../../domain/crowd/crowd.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { isLive, type Topology } from '../../domain/meeting/topology.ts';
import { isCooling } from '../../domain/placement/cool-downs.ts';
import { allowedMediaRegions, placeableMediaRegions } from '../../domain/placement/decision.ts';
import { entriesOf } from '../../domain/placement/demand.ts';
import {
  type Forecast,
  missingReplicas,
  type Opening,
  type PlannedRegion,
  planReplicas,
} from '../../domain/placement/provision-plan.ts';
import { settings } from '../../settings.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import type { Again } from '../shared/attempt.ts';
import { paceOf, seatsEach } from './pace.ts';
import { openReplicas } from './replica.ts';

/** The pause while another request holds the claim on a replica (milliseconds). */
const CLAIMED_ELSEWHERE_MS = 100;

/** Distribute the host's forecast among replicas, within the current limits of the host and the account. */
export function planOf(topology: Topology, now: number): PlannedRegion[] {
  const told = entriesOf(topology.forecast ?? {});
  const allowed = told.filter(([mediaRegion]) => isAllowed(topology, mediaRegion));
  const forecast = Object.fromEntries(allowed);
  const open = placeableMediaRegions(topology, settings().controlRegion);
  return planReplicas(topology, { forecast, capacity: seatsEach(topology), now, open });
}

/**
 * The replicas to open now for the forecast. Unfinished replicas in media regions that the host no longer allows are
 * left out.
 */
export function missingOf(topology: Topology, now: number): Opening[] {
  const missing = missingReplicas(topology, planOf(topology, now), now);
  return oneProbeEach(
    topology,
    missing.filter(({ mediaRegion }) => mayOpenIn(topology, mediaRegion, now)),
  );
}

/** Keep one opening per media region that has cooled down, as a probe whether Chime opens replicas there again. */
function oneProbeEach({ coolDowns = {} }: Topology, missing: Opening[]): Opening[] {
  const isFirst = ({ mediaRegion }: Opening, at: number) =>
    missing.findIndex((one) => one.mediaRegion === mediaRegion) === at;
  return missing.filter((opening, at) => !coolDowns[opening.mediaRegion] || isFirst(opening, at));
}

/** Whether a replica may be opened there now: the host allows it, and the media region is neither drained nor cooling down. */
export const mayOpenIn = (topology: Topology, mediaRegion: MediaRegion, now: number) =>
  placeableMediaRegions(topology, settings().controlRegion).includes(mediaRegion) &&
  !isCooling(topology, mediaRegion, now);

/** Whether the host's options allow media there. */
const isAllowed = (topology: Topology, mediaRegion: MediaRegion) =>
  allowedMediaRegions(topology, settings().controlRegion).includes(mediaRegion);

/**
 * Open the replicas that the forecast still lacks, several at once, until all are open, time is up, or the quota
 * requires a longer wait. A later call continues, because each replica is claimed separately. `guess`: the forecast
 * where the host gave none.
 */
export async function openPlanned(
  externalMeetingId: string,
  { until, guess }: { until: number; guess?: Forecast | undefined },
  context: RequestContext,
): Promise<void> {
  while (context.now() < until) {
    const read = await freshTopology(externalMeetingId, context.now());
    if (!isLive(read)) return;
    const forecast = read.forecast ?? guess;
    if (!forecast) return;
    const topology = { ...read, forecast };
    const missing = missingOf(topology, context.now()).slice(0, openingsAtOnce(paceOf(topology)));
    if (missing.length === 0) return;
    const opened = await openReplicas(topology, missing, context);
    const wait = Math.min(...opened.map(waitMs));
    if (context.now() + wait >= until) return;
    if (wait > 0) await context.pause(wait);
  }
}

/** How long to wait after one opening: not at all after progress, a moment while another request holds the claim. */
export function waitMs(next: Again): number {
  if (next.kind === 'client-retry') return next.retryAfterMs;
  return next.after === 'shortly' ? CLAIMED_ELSEWHERE_MS : 0;
}
