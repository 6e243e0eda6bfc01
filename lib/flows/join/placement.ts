import type { RequestContext } from '../../context.ts';
import { isElectedOpener, openingsForViewers } from '../../domain/crowd/crowd.ts';
import { mostDue } from '../../domain/crowd/origins.ts';
import { isShort, type SeatQueue, supplyOf, waitingIn } from '../../domain/crowd/seat-queue.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import type { Placement, Viewer } from '../../domain/placement/decision.ts';
import { type Demand, demandOf } from '../../domain/placement/demand.ts';
import { placeViewer } from '../../domain/placement/placement.ts';
import { remainingReplicas } from '../../domain/placement/remaining-replicas.ts';
import { settings } from '../../settings.ts';
import { readCame } from '../../store/replica/arrivals.ts';
import { paceOf, seatsEach } from '../opening/pace.ts';
import { originsIn } from './origins.ts';

export interface PlacementRequest {
  mediaRegion: MediaRegion;
  /** This request already tried to open a replica, so it is not elected again. */
  hasTried: boolean;
  /** The viewers who wait for seats, if they were read. */
  queue: SeatQueue | undefined;
}

/** A placement, and the input of the decision. */
export interface Decision {
  placement: Placement;
  viewer: Viewer & { demand: Demand };
  /** The viewer opens the replicas that others wait for, and does not wait with them. */
  isElected: boolean;
}

/**
 * Decide the placement of a viewer from the cached topology. Only if the result is expensive are the arrivals read,
 * and the decision repeated. Expensive is a seat far from the viewer, or one of the last replicas, unless the queue says where that
 * is due.
 */
export async function decidePlacement(
  topology: Topology,
  request: PlacementRequest,
  context: RequestContext,
): Promise<Decision> {
  const isElected = !request.hasTried && isOpener(topology, context);
  const viewer = viewerOf(topology, { ...request, isElected }, context);
  const placement = placeViewer(topology, viewer);
  if (!isExpensive(topology, placement, context.now()) || isDue(placement, viewer))
    return { placement, viewer, isElected };
  const informed = { ...viewer, demand: demandOf(await readCame(topology), topology) };
  return { placement: placeViewer(topology, informed), viewer: informed, isElected };
}

const isOpener = (topology: Topology, { caller }: RequestContext) =>
  isElectedOpener(caller.externalUserId, topology, seatsEach(topology));

/** While too few replicas are being opened, this share of the viewers who come are elected too. Of them, few find out at once. */
const ALSO_ELECTED = 1 / 8;
/**
 * While replicas are being opened, about so many of those who wait decide whether another one is worth opening near them. The others
 * wait for a turn of their neighbourhood, or until nothing is being opened.
 */
const DECIDERS = 16;

function viewerOf(
  topology: Topology,
  { mediaRegion, hasTried, queue, isElected }: PlacementRequest & { isElected: boolean },
  context: RequestContext,
): Decision['viewer'] {
  const pace = paceOf(topology);
  const now = context.now();
  const when = { supply: supplyOf(topology, pace, now), now };
  const short = queue !== undefined && isShort(queue, when);
  const isAlso = !hasTried && short && context.random() < ALSO_ELECTED;
  const waiting = queue ? waitingIn(queue, when) : 0;
  return {
    mediaRegion,
    controlRegion: settings().controlRegion,
    now,
    random: context.random(),
    demand: demandOf({ arrivals: {} }, topology),
    atOnce: openingsForViewers(pace, when.supply.spokenUntil, now),
    ...(isElected || isAlso
      ? { isElectedOpener: true, isShort: short, mostDue: dueIn(topology, queue, now) }
      : { leavesOpening: when.supply.opening > 0 && context.random() * waiting >= DECIDERS }),
  };
}

/** Where the next replica is due, by the viewers who wait. */
function dueIn(topology: Topology, queue: SeatQueue | undefined, now: number): MediaRegion | undefined {
  return queue && mostDue(...originsIn(topology, queue, now));
}

/** Whether an elected opener opens a replica where it is due by the viewers who wait, whatever is known of the audience. */
function isDue(placement: Placement, { mostDue }: Viewer): boolean {
  return placement.kind === 'open' && placement.reason === 'many-wait' && placement.mediaRegion === mostDue;
}

function isExpensive(topology: Topology, placement: Placement, now: number): boolean {
  if (remainingReplicas(topology, now) === 0 || topology.replicas.length === 0) return false;
  if (placement.kind === 'open') return placement.reason !== 'unfinished';
  return placement.kind === 'seat' && placement.reason === 'nearest-with-room';
}
