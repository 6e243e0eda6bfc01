import type { MediaRegion } from '../geo/media-regions.ts';
import { nearestFirst } from '../geo/rtt.ts';
import { nextOrdinal, ordinalIn } from '../meeting/ordinals.ts';
import { beingOpened, isClaimed, isOpen, type OpenReplica, type Topology } from '../meeting/topology.ts';
import { openableMediaRegions, placeableMediaRegions } from './decision.ts';
import { type Tally, weightsOf } from './demand.ts';
import { type Drain, drainsOf } from './drains.ts';
import { quickPlan, reachOf } from './plan.ts';
import type { Opening } from './provision-plan.ts';
import { remainingReplicas } from './remaining-replicas.ts';

/** The seats of a replica that are held, and those that can still be drawn. */
export interface Seats {
  held: number;
  free: number;
}

/** What an evacuation knows besides the topology. */
export interface Evacuation {
  controlRegion: string;
  now: number;
  /** The seats of the open replicas, by ordinal. */
  seats: ReadonlyMap<number, Seats>;
  /** The homes of the viewers who are to be moved. */
  homes: Tally;
  /** How many seats a new replica has, and how many replicas may be opened at once. */
  seatsEach: number;
  atOnce: number;
}

/** The next step of an evacuation. */
export type EvacuationStep =
  | { kind: 'open'; openings: Opening[] }
  /** `owes`: the replica is deleted before its seats are replaced. */
  | { kind: 'retire'; replica: OpenReplica; owes: boolean }
  /** Another request opens a replica, or nothing can be opened before media regions have cooled down. */
  | { kind: 'wait' }
  | { kind: 'done' };

/** A replica that was not replaced for this long is not owed any more: Chime allows none (milliseconds). */
const OWED_MS = 120_000;

/**
 * Returns the next step of the evacuation of all media regions that are drained with `evacuate`:
 *
 * 1. Open replicas elsewhere, until the free seats there suffice for the viewers who are to be moved.
 * 2. Then delete the replicas in the drained media regions, one a step.
 * 3. Where no further replica is allowed, delete one before it is replaced, the emptiest first. Its place in the host's and
 *    Chime's limits then goes to one elsewhere, before the next one is deleted.
 */
export function evacuationStep(topology: Topology, evacuation: Evacuation): EvacuationStep {
  const { now, seats, seatsEach } = evacuation;
  const leaving = leavingReplicas(topology, evacuation.controlRegion);
  const owed = owesReplica(topology, now);
  if (leaving.length === 0 && !owed)
    return isOpeningThere(topology, evacuation) ? { kind: 'wait' } : { kind: 'done' };
  const lacking = heldIn(leaving, seats) - freeElsewhere(topology, evacuation);
  const wanted = Math.max(owed ? 1 : 0, Math.ceil(lacking / seatsEach));
  if (wanted > 0) return replace(topology, { ...evacuation, leaving, wanted });
  const replica = emptiest(leaving, seats);
  if (!replica) return { kind: 'wait' };
  const isSwapped = topology.drains?.[replica.mediaRegion]?.owes?.epoch === topology.epoch;
  return { kind: 'retire', replica, owes: isSwapped && heldIn([replica], seats) > 0 };
}

/** Opens this many replicas elsewhere as far as the limits allow. Otherwise makes room for one by deleting another. */
function replace(
  topology: Topology,
  { leaving, wanted, ...evacuation }: Evacuation & { leaving: OpenReplica[]; wanted: number },
): EvacuationStep {
  const { now, controlRegion, seats, atOnce } = evacuation;
  const placeable = placeableMediaRegions(topology, controlRegion);
  const opening = beingOpened(topology, now).filter(({ mediaRegion }) =>
    placeable.includes(mediaRegion),
  ).length;
  const remaining = remainingReplicas(topology, now);
  const count = Math.min(wanted - opening, remaining, atOnce);
  if (count > 0) {
    const openings = openingsFor(topology, evacuation, count);
    return openings.length > 0 ? { kind: 'open', openings } : { kind: 'wait' };
  }
  if (opening > 0) return { kind: 'wait' };
  const replica = emptiest(leaving, seats);
  return replica ? { kind: 'retire', replica, owes: true } : { kind: 'wait' };
}

/** The openings of new replicas where the viewers who are to be moved have the shortest way. Empty where all regions cool down. */
function openingsFor(
  topology: Topology,
  { controlRegion, now, homes }: Evacuation,
  count: number,
): Opening[] {
  const openable = openableMediaRegions(topology, { controlRegion, now });
  const mediaRegion =
    quickPlan(weightsOf(homes), reachOf([]), { among: openable, count: 1 }).places[0] ??
    nearestFirst(evacuated(topology, controlRegion)[0]?.mediaRegion ?? 'us-east-1', openable)[0];
  if (!mediaRegion) return [];
  const next = nextOrdinal(topology);
  const first = ordinalIn(topology, mediaRegion, now);
  const others = first === next ? next + 1 : next;
  return Array.from({ length: count }, (_, k) => ({
    ordinal: k === 0 ? first : others + k - 1,
    mediaRegion,
  }));
}

/** The drained media regions that are evacuated. None while the drains have no effect. */
function evacuated(topology: Topology, controlRegion: string): (Drain & { mediaRegion: MediaRegion })[] {
  const placeable = placeableMediaRegions(topology, controlRegion);
  return drainsOf(topology).filter(
    ({ mediaRegion, evacuate }) => evacuate && !placeable.includes(mediaRegion),
  );
}

/** The open replicas in the media regions that are evacuated. */
export function leavingReplicas(topology: Topology, controlRegion: string): OpenReplica[] {
  const regions = evacuated(topology, controlRegion).map(({ mediaRegion }) => mediaRegion);
  return topology.replicas.filter(isOpen).filter(({ mediaRegion }) => regions.includes(mediaRegion));
}

/** Whether a replica that an earlier request began to open there may still appear. */
function isOpeningThere(
  topology: Topology,
  { controlRegion, now }: Pick<Evacuation, 'controlRegion' | 'now'>,
): boolean {
  const regions = evacuated(topology, controlRegion).map(({ mediaRegion }) => mediaRegion);
  return topology.replicas.some(
    (replica) => isClaimed(replica, now) && regions.includes(replica.mediaRegion),
  );
}

/** Whether a replica was deleted before it was replaced, and none was opened elsewhere since. */
function owesReplica(topology: Topology, now: number): boolean {
  return drainsOf(topology).some((drain) => isOwed(topology, drain) && now - (drain.owes?.at ?? 0) < OWED_MS);
}

/** The same for one drain, however long ago. */
export function isOwed({ epoch, replicas, drains = {} }: Topology, { owes }: Pick<Drain, 'owes'>): boolean {
  if (owes?.epoch !== epoch) return false;
  return !replicas.some(
    (replica) => isOpen(replica) && replica.ordinal >= owes.from && !drains[replica.mediaRegion],
  );
}

/** Whether an evacuation is under way, so that seats are about to be opened. */
export function isMovingViewers(
  topology: Topology,
  { controlRegion, now }: Pick<Evacuation, 'controlRegion' | 'now'>,
): boolean {
  return leavingReplicas(topology, controlRegion).length > 0 || owesReplica(topology, now);
}

const heldIn = (replicas: readonly OpenReplica[], seats: Evacuation['seats']) =>
  replicas.reduce((sum, { ordinal }) => sum + (seats.get(ordinal)?.held ?? 0), 0);

function freeElsewhere(topology: Topology, { controlRegion, seats }: Evacuation): number {
  const placeable = placeableMediaRegions(topology, controlRegion);
  const elsewhere = topology.replicas
    .filter(isOpen)
    .filter(({ mediaRegion }) => placeable.includes(mediaRegion));
  return elsewhere.reduce((sum, { ordinal }) => sum + (seats.get(ordinal)?.free ?? 0), 0);
}

function emptiest(replicas: readonly OpenReplica[], seats: Evacuation['seats']): OpenReplica | undefined {
  const held = (replica: OpenReplica) => heldIn([replica], seats);
  return replicas.toSorted((a, b) => held(a) - held(b))[0];
}
