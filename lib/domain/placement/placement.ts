import type { MediaRegion } from '../geo/media-regions.ts';
import { isNearby, rttMs } from '../geo/rtt.ts';
import { ordinalIn } from '../meeting/ordinals.ts';
import {
  beingOpened,
  isClaimed,
  isLeaseExpired,
  isOnSale,
  type OpenReplica,
  type Replica,
  type Topology,
} from '../meeting/topology.ts';
import { coolUntil, isCooling } from './cool-downs.ts';
import {
  type OpenPlacement,
  type OpenReason,
  openableMediaRegions,
  type Placement,
  placeableMediaRegions,
  type SeatReason,
  type Viewer,
} from './decision.ts';
import { isMovingViewers } from './evacuation.ts';
import { anywhere, isWorth, nearestRtt, worthOpening } from './new-replica.ts';
import { remainingReplicas } from './remaining-replicas.ts';

/**
 * Decides where a viewer without a seat sits. Allowed and drained media regions are a hard rule. In this order:
 *
 * 1. A replica in the viewer's media region.
 * 2. A replica nearby (within 40 ms).
 * 3. Finish a replica nearby that was left half open.
 * 4. Wait for one that is being opened nearby.
 * 5. Open a new one, if it is worth one of the few that are left.
 * 6. The nearest replica with room.
 * 7. Finish, wait for, or open any allowed replica; otherwise all is full.
 *
 * An elected opener opens another replica instead of waiting, and also where a seat is free while a replica is being opened
 * nearby. Each elected opener does so once; otherwise the crowd would get too few replicas. The number of replicas being
 * opened at once is bounded, and none is opened in a media region that is cooling down. While many wait, few of them decide that one
 * is worth opening. Ties are broken at random, replicas that are not filling first.
 */
export function placeViewer(topology: Topology, viewer: Viewer): Placement {
  const placement = placeOne(topology, viewer);
  const beside = isForOthers(topology, viewer, placement) ? another(topology, viewer) : undefined;
  if (beside && mayOpen(topology, viewer, beside.reason)) return beside;
  const isNew = placement.kind === 'open' && placement.reason !== 'unfinished';
  return isNew && !mayOpen(topology, viewer, placement.reason) ? { kind: 'wait' } : placement;
}

function placeOne(topology: Topology, viewer: Viewer): Placement {
  const allowed = placeableMediaRegions(topology, viewer.controlRegion);
  const openable = openableMediaRegions(topology, viewer);
  const legal = topology.replicas.filter((replica) => allowed.includes(replica.mediaRegion));
  const withRoom = legal.filter(isOnSale);
  const opening = legal.filter((replica) => isClaimed(replica, viewer.now));
  const hasPlace = ({ failedAt }: Replica) =>
    failedAt === undefined || remainingReplicas(topology, viewer.now) > 0;
  const abandoned = legal.filter((replica) => isLeaseExpired(replica, viewer.now) && hasPlace(replica));
  const sound = abandoned.filter(({ mediaRegion }) => !isCooling(topology, mediaRegion, viewer.now));
  return (
    pick(withRoom.filter(isHere(viewer)), viewer, 'own-region') ??
    pick(closest(withRoom.filter(isNear(viewer)), viewer), viewer, 'nearby') ??
    finish(sound.filter(isNear(viewer)), viewer) ??
    worthWaiting(opening, withRoom, viewer) ??
    worthOpening(topology, openable, { reachable: [...withRoom, ...opening], viewer }) ??
    pick(closest(withRoom, viewer), viewer, 'nearest-with-room') ??
    finish(sound, viewer) ??
    (opening.length > 0 ? { kind: 'wait' } : undefined) ??
    anywhere(topology, openable, viewer) ??
    untilCool(topology, { allowed, abandoned }, viewer) ??
    untilMoved(topology, viewer) ?? { kind: 'full' }
  );
}

/** The wait while all media regions for an opening are cooling down, until the first one may be tried again. */
function untilCool(
  topology: Topology,
  { allowed, abandoned }: { allowed: MediaRegion[]; abandoned: Replica[] },
  { now }: Viewer,
): Placement | undefined {
  if (remainingReplicas(topology, now) === 0 && abandoned.length === 0) return undefined;
  const until = coolUntil(topology, allowed, now);
  return until === undefined ? undefined : { kind: 'wait', until };
}

/** How soon a viewer returns who finds no seat while an evacuation opens some (milliseconds). */
const MOVING_MS = 2000;

/** The wait while a media region is evacuated: seats are fewer for a moment, and more are about to be opened. */
function untilMoved(topology: Topology, { controlRegion, now }: Viewer): Placement | undefined {
  return isMovingViewers(topology, { controlRegion, now })
    ? { kind: 'wait', until: now + MOVING_MS }
    : undefined;
}

/**
 * Whether this elected opener should leave the seat, or the wait, to others and open a replica. That is so while the
 * viewer would wait, and also with a free seat while a replica is being opened nearby: seats ran out just now, so the
 * crowd needs more.
 */
function isForOthers(topology: Topology, viewer: Viewer, { kind }: Placement): boolean {
  if (!viewer.isElectedOpener) return false;
  const isBeside = isNear(viewer);
  const opensNearby = beingOpened(topology, viewer.now).some(isBeside);
  return kind === 'wait' || (kind === 'seat' && opensNearby);
}

/**
 * The replica that an elected opener opens. The last one is kept, as in `conservativeRegion`: an elected opener only
 * guesses that it is needed; unless the queue shows it.
 */
function another(topology: Topology, viewer: Viewer): OpenPlacement | undefined {
  if (remainingReplicas(topology, viewer.now) < (viewer.isShort ? 1 : 2)) return undefined;
  const beside = anywhere(topology, openableMediaRegions(topology, viewer), viewer);
  return beside && { ...beside, reason: 'many-wait' };
}

function mayOpen(
  topology: Topology,
  { atOnce = Number.POSITIVE_INFINITY, leavesOpening, now }: Viewer,
  reason: OpenReason,
): boolean {
  if (reason === 'worth-opening' && leavesOpening) return false;
  return beingOpened(topology, now).length < atOnce;
}

/**
 * The replica that the viewer who drew the ticket at the soft mark of `replica` should open beside it. Undefined if no
 * replica is left, one is being opened nearby, or another one nearby has room below its own soft mark.
 */
export function anotherBeside(topology: Topology, replica: Replica, now: number): OpenPlacement | undefined {
  const beside = topology.replicas.filter(
    (other) => other.ordinal !== replica.ordinal && isNearby(other.mediaRegion, replica.mediaRegion),
  );
  const relieved = beside.some(
    (other) => isClaimed(other, now) || (other.state === 'open' && !other.filling),
  );
  if (relieved || remainingReplicas(topology, now) === 0) return undefined;
  const { mediaRegion } = replica;
  if (isCooling(topology, mediaRegion, now) || topology.drains?.[mediaRegion]) return undefined;
  return {
    kind: 'open',
    ordinal: ordinalIn(topology, mediaRegion, now),
    mediaRegion,
    reason: 'worth-opening',
  };
}

const isHere = (viewer: Viewer) => (replica: Replica) => replica.mediaRegion === viewer.mediaRegion;
const isNear = (viewer: Viewer) => (replica: Replica) => isNearby(replica.mediaRegion, viewer.mediaRegion);
const rttTo = (viewer: Viewer, replica: Replica) => rttMs(viewer.mediaRegion, replica.mediaRegion);

/** Takes over the nearest half-open replica, which a crash or Chime left behind. */
function finish(abandoned: Replica[], viewer: Viewer): Placement | undefined {
  const nearest = closest(abandoned, viewer)[0];
  if (!nearest) return undefined;
  return { kind: 'open', ordinal: nearest.ordinal, mediaRegion: nearest.mediaRegion, reason: 'unfinished' };
}

function closest<Some extends Replica>(replicas: Some[], viewer: Viewer): Some[] {
  const best = Math.min(...replicas.map((replica) => rttTo(viewer, replica)));
  return replicas.filter((replica) => rttTo(viewer, replica) === best);
}

function pick(equals: OpenReplica[], viewer: Viewer, reason: SeatReason): Placement | undefined {
  const calm = equals.filter((replica) => !replica.filling);
  const candidates = calm.length > 0 ? calm : equals;
  const replica = candidates[Math.floor(viewer.random * candidates.length)];
  return replica && { kind: 'seat', replica, reason, rttMs: rttTo(viewer, replica) };
}

function worthWaiting(opening: Replica[], withRoom: Replica[], viewer: Viewer): Placement | undefined {
  return isWorth(nearestRtt(withRoom, viewer), nearestRtt(opening, viewer)) ? { kind: 'wait' } : undefined;
}
