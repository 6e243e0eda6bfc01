import type { MediaRegion } from '../geo/media-regions.ts';
import { isNearby, nearestFirst } from '../geo/rtt.ts';
import { beingOpened, type Replica, type Topology } from '../meeting/topology.ts';
import { addedUp, entriesOf, type Tally, totalOf } from '../placement/demand.ts';
import type { Awaited } from './queue-wait.ts';
import { countedIn, type SeatQueue } from './seat-queue.ts';

/**
 * Where the viewers of a queue come from, and the replicas that were opened for them. A viewer waits for a replica nearby. So where
 * replicas are far apart, a viewer's turn depends on how many others of the same neighbourhood wait, and how many replicas it gets.
 */
export interface Origins {
  /** About how many viewers came from each media region since the queue began (`countedIn`). */
  counted: Tally;
  /** Where replicas were opened since. */
  opened: readonly MediaRegion[];
  /**
   * Where replicas are being opened, and when the permits of each are used up, as expected when it was claimed (milliseconds since
   * the Unix epoch).
   */
  opening: readonly { mediaRegion: MediaRegion; until: number }[];
}

/** The origins of a queue, as far as it and the topology tell. `placeable`: where viewers may be placed. Other replicas serve nobody. */
export function originsOf(
  queue: SeatQueue,
  topology: Topology,
  { placeable, now }: { placeable: readonly MediaRegion[]; now: number },
): Origins {
  const { counted, since } = countedIn(queue, now);
  const isPlaceable = ({ mediaRegion }: Replica) => placeable.includes(mediaRegion);
  const isNew = ({ state, openedAt = 0 }: Replica) => state === 'open' && openedAt >= since;
  const opened = topology.replicas.filter(isPlaceable).filter(isNew);
  const opening = beingOpened(topology, now).filter(isPlaceable);
  return {
    counted,
    opened: opened.map(({ mediaRegion }) => mediaRegion),
    opening: opening.map(({ mediaRegion, permits }) => ({ mediaRegion, until: permits?.until ?? now })),
  };
}

/**
 * A viewer who returns before the replica is open makes one more request. So one whose replica is not claimed yet returns when so
 * many more could be open: the counts are an estimate, and another neighbourhood may get the next ones. Where few more can follow,
 * the viewer returns after half of them: otherwise all of these viewers would return with the last one.
 */
const LATER_TURNS = 4;
/**
 * Replicas are whole, so some neighbourhoods get fewer seats than they have viewers. The viewers who are left over take the
 * seats that other neighbourhoods leave, which stand empty until then. So they return with any of so many last ones.
 */
const LEFT_OVER_TURNS = 8;

/** What replicas can be claimed still: how many at most, with how many seats each, and where. */
export interface Claimable {
  most: number;
  seatsEach: number;
  among: readonly MediaRegion[];
}

/**
 * Which replica the last viewer of a media region who was counted waits for, if replicas are opened where they are due (`mostDue`).
 * One who `waited` is due for the next one nearby, and everybody for the next one at all while none can be claimed anywhere. Undefined
 * if no more are allowed, and none is being opened nearby. `random`: in [0, 1).
 */
export function awaitedReplica(
  origins: Origins,
  { mediaRegion, waited, random }: { mediaRegion: MediaRegion; waited: boolean; random: number },
  claimable: Claimable,
): Awaited | undefined {
  const { counted, opened, opening } = origins;
  const { most, seatsEach, among } = claimable;
  const openedHere = opened.filter((place) => isNearby(place, mediaRegion)).length;
  const here = opening.filter((one) => isNearby(one.mediaRegion, mediaRegion)).map(({ until }) => until);
  const own = waited ? 0 : Math.ceil(viewersNear(counted, mediaRegion) / seatsEach);
  const due = Math.max(1, own - openedHere);
  const until = here.toSorted((a, b) => a - b)[due - 1];
  if (until !== undefined) return { until };
  if (most <= 0) return undefined;
  const enough = Math.ceil(totalOf(counted) / seatsEach) - opened.length - opening.length;
  const last = among.length === 0 ? 1 : Math.max(1, Math.min(most, enough));
  const turn = turnsUntil({ due: due - here.length, mediaRegion, last }, origins, claimable);
  if (turn === undefined && last === most)
    return { further: last - Math.floor(random * Math.min(LEFT_OVER_TURNS, last)), later: 0 };
  const further = turn ?? last;
  return { further, later: Math.min(LATER_TURNS, Math.floor((most - further) / 2)) };
}

/**
 * After how many claims so many more replicas near a media region are claimed, or near the nearest one where they can be. Undefined if
 * fewer are among the next `last`.
 */
function turnsUntil(
  { due, mediaRegion, last }: { due: number; mediaRegion: MediaRegion; last: number },
  origins: Origins,
  claimable: Claimable,
): number | undefined {
  const home = nearestFirst(mediaRegion, claimable.among)[0] ?? mediaRegion;
  let nearby = 0;
  let turns = 0;
  for (const place of inTurn(origins, claimable)) {
    turns++;
    if (isNearby(place, home)) nearby++;
    if (nearby >= due) return turns;
    if (turns >= last) break;
  }
  return undefined;
}

/**
 * Of these media regions, the one where the next replica is due: in the neighbourhood, and within it in the media region, with the
 * most viewers for each replica (Sainte-Laguë's method). So neighbourhoods take turns in proportion to their viewers,
 * also while more come. A neighbourhood with enough seats for its viewers comes after all others. Each viewer counts for the nearest of
 * these media regions. Undefined if nobody is counted.
 */
export function mostDue(
  origins: Origins,
  claimable: Pick<Claimable, 'seatsEach' | 'among'>,
): MediaRegion | undefined {
  const [first] = inTurn(origins, claimable);
  return first;
}

/** Where one replica after another is due, without an end. Nowhere if nobody is counted. */
function* inTurn(
  { counted, opened, opening }: Origins,
  { seatsEach, among }: Pick<Claimable, 'seatsEach' | 'among'>,
): Generator<MediaRegion> {
  const standing = [...opened, ...opening.map(({ mediaRegion }) => mediaRegion)];
  const homes = atNearest(counted, among);
  const places = entriesOf(homes).map(([place, viewersHere]) => ({
    place,
    viewers: { nearby: viewersNear(homes, place), here: viewersHere },
    replicas: {
      nearby: standing.filter((other) => isNearby(other, place)).length,
      here: standing.filter((other) => other === place).length,
    },
  }));
  while (places.length > 0) {
    const next = places.reduce((first, other) => (isMoreDue(other, first, seatsEach) ? other : first));
    yield next.place;
    for (const { place, replicas } of places) {
      if (isNearby(place, next.place)) replicas.nearby++;
      if (place === next.place) replicas.here++;
    }
  }
}

/** The viewers and the replicas of a media region, alone and with those nearby. */
interface Place {
  viewers: Record<'nearby' | 'here', number>;
  replicas: Record<'nearby' | 'here', number>;
}

function isMoreDue(one: Place, other: Place, seatsEach: number): boolean {
  const lacksSeats = ({ viewers, replicas }: Place) => Number(viewers.nearby > replicas.nearby * seatsEach);
  const each = ({ viewers, replicas }: Place, where: 'nearby' | 'here') =>
    viewers[where] / (replicas[where] + 0.5);
  const more =
    lacksSeats(one) - lacksSeats(other) ||
    each(one, 'nearby') - each(other, 'nearby') ||
    each(one, 'here') - each(other, 'here');
  return more > 0;
}

function viewersNear(tally: Tally, place: MediaRegion): number {
  const near = entriesOf(tally).filter(([from]) => isNearby(from, place));
  return near.reduce((sum, [, viewers]) => sum + viewers, 0);
}

function atNearest(tally: Tally, among: readonly MediaRegion[]): Tally {
  const homeOf = (from: MediaRegion) => nearestFirst(from, among).slice(0, 1);
  return addedUp(
    entriesOf(tally).flatMap(([from, viewers]) => homeOf(from).map((home) => [home, viewers] as const)),
  );
}
