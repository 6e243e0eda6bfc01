import type { MediaRegion } from '../geo/media-regions.ts';
import { rttMs } from '../geo/rtt.ts';
import { isClaimed, isOnSale, type Replica, type Topology } from '../meeting/topology.ts';
import {
  allowedMediaRegions,
  openableMediaRegions,
  type Placement,
  placeableMediaRegions,
  type Viewer,
} from './decision.ts';
import { offersTo } from './new-replica.ts';
import { isPaid, type Offer } from './offers.ts';
import { placeViewer } from './placement.ts';
import { type PlacementRecord, readRecord } from './placement-record.ts';
import { remainingReplicas } from './remaining-replicas.ts';

export type ReplicaVerdict =
  | 'not-allowed'
  | 'drained'
  | 'being-opened'
  | 'unfinished'
  | 'sold-out'
  | 'farther'
  | 'filling'
  | 'lot';
export type OfferVerdict = 'near-enough' | 'not-paid' | 'another-first';

/** A replica, or a place for a new one, that was a candidate. The one without `passedOver` was chosen. */
export type Considered =
  | { ordinal: number; mediaRegion: MediaRegion; rttMs: number; passedOver?: ReplicaVerdict }
  | { mediaRegion: MediaRegion; rttMs: number; sparesMs: number; priceMs: number; passedOver?: OfferVerdict };

export interface Explanation {
  placement: Placement;
  considered: Considered[];
}

const REPLICAS_SHOWN = 7;
const OFFERS_SHOWN = 3;

/**
 * Repeats a recorded decision and lists its candidates: at most ten, each with the reason why it was passed over. The
 * repetition is deterministic.
 */
export function explainPlacement(record: PlacementRecord): Explanation {
  const { topology, viewer } = readRecord(record);
  const placement = placeViewer(topology, viewer);
  const near = topology.replicas.toSorted((a, b) => rttTo(viewer, a) - rttTo(viewer, b));
  const chosen = placement.kind === 'seat' ? placement.replica : undefined;
  const shown = near.filter((replica, at) => at < REPLICAS_SHOWN || replica === chosen);
  const replicas = shown.map((replica) => ({
    ...{ ordinal: replica.ordinal, mediaRegion: replica.mediaRegion, rttMs: rttTo(viewer, replica) },
    ...passedOver(replica === chosen ? undefined : verdictOn(replica, chosen, { topology, viewer })),
  }));
  return { placement, considered: [...replicas, ...offered(topology, viewer, placement)] };
}

const rttTo = (viewer: Viewer, { mediaRegion }: { mediaRegion: MediaRegion }) =>
  rttMs(viewer.mediaRegion, mediaRegion);
const passedOver = <V>(verdict: V | undefined) => (verdict === undefined ? {} : { passedOver: verdict });

function verdictOn(
  replica: Replica,
  chosen: Replica | undefined,
  { topology, viewer }: { topology: Topology; viewer: Viewer },
): ReplicaVerdict {
  if (!allowedMediaRegions(topology, viewer.controlRegion).includes(replica.mediaRegion))
    return 'not-allowed';
  if (!placeableMediaRegions(topology, viewer.controlRegion).includes(replica.mediaRegion)) return 'drained';
  if (replica.state === 'claimed') return isClaimed(replica, viewer.now) ? 'being-opened' : 'unfinished';
  if (replica.soldOut) return 'sold-out';
  if (!chosen || rttTo(viewer, replica) > rttTo(viewer, chosen)) return 'farther';
  return replica.filling && !chosen.filling ? 'filling' : 'lot';
}

function offered(topology: Topology, viewer: Viewer, placement: Placement): Considered[] {
  const { demand } = viewer;
  if (!demand) return [];
  const allowed = openableMediaRegions(topology, viewer);
  const reachable = topology.replicas.filter(
    (replica) => allowed.includes(replica.mediaRegion) && isReachable(replica, viewer.now),
  );
  if (reachable.length === 0 || remainingReplicas(topology, viewer.now) === 0) return [];
  const opened = placement.kind === 'open' ? placement.mediaRegion : undefined;
  return offersTo(topology, allowed, { reachable, viewer, demand })
    .slice(0, OFFERS_SHOWN)
    .map((offer) => ({
      ...{ mediaRegion: offer.mediaRegion, rttMs: rttTo(viewer, offer) },
      ...{ sparesMs: Math.round(offer.sparesMs), priceMs: Math.round(offer.priceMs) },
      ...passedOver(offer.mediaRegion === opened ? undefined : reasonAgainst(offer, placement)),
    }));
}

function isReachable(replica: Replica, now: number): boolean {
  return isClaimed(replica, now) || isOnSale(replica);
}

function reasonAgainst(offer: Offer, placement: Placement): OfferVerdict {
  if (!isPaid(offer)) return 'not-paid';
  return placement.kind === 'seat' && placement.reason !== 'nearest-with-room'
    ? 'near-enough'
    : 'another-first';
}
