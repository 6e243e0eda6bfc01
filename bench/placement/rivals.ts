import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { isNearby, rttMs } from '../../lib/domain/geo/rtt.ts';
import { kilometres } from './kilometres.ts';

/** A replica of the bench. */
export interface Room {
  mediaRegion: MediaRegion;
  taken: number;
}

/** The input of a rule: the open rooms, their maximum number, and the seats of each. */
export interface House {
  rooms: Room[];
  most: number;
  seats: number;
}

/** A rule selects the room of the next viewer. To open a room, it adds one to the house. */
export type Rule = (house: House, viewer: MediaRegion) => Room;
type Distance = (a: MediaRegion, b: MediaRegion) => number;

/** The rooms with a free seat; jicofo calls a bridge overloaded from a stress of 0.8. */
const withSeats = ({ rooms, seats }: House, share = 1) => rooms.filter(({ taken }) => taken < seats * share);

function open(house: House, mediaRegion: MediaRegion): Room {
  const room = { mediaRegion, taken: 0 };
  house.rooms.push(room);
  return room;
}

function closest(rooms: Room[], viewer: MediaRegion, distance: Distance): Room | undefined {
  return rooms.toSorted((a, b) => distance(viewer, a.mediaRegion) - distance(viewer, b.mediaRegion))[0];
}

/** A replica for every new media region until none is left; then the nearest with a free seat. */
const ownRegionUntilExhausted =
  (distance: Distance): Rule =>
  (house, viewer) => {
    const free = withSeats(house);
    const own = free.find(({ mediaRegion }) => mediaRegion === viewer);
    if (own) return own;
    if (house.rooms.length < house.most) return open(house, viewer);
    return closest(free, viewer, distance) as Room;
  };

/**
 * The order of jicofo's RegionBasedBridgeSelectionStrategy, written from its description. It does not consider distance
 * beyond its groups. https://github.com/jitsi/jicofo jicofo-selector/.../RegionBasedBridgeSelectionStrategy.kt
 *
 * 1. The least loaded bridge of the conference in the region, then in its group.
 * 2. A new bridge in the region, as long as there are bridges, then in the group.
 * 3. Any bridge of the conference; then the least loaded one.
 */
const jicofo: Rule = (house, viewer) => {
  const calm = withSeats(house, 0.8).toSorted((a, b) => a.taken - b.taken);
  const inGroup = calm.filter(({ mediaRegion }) => isNearby(mediaRegion, viewer));
  const known = calm.find(({ mediaRegion }) => mediaRegion === viewer) ?? inGroup[0];
  if (known) return known;
  if (house.rooms.length < house.most) return open(house, viewer);
  return calm[0] ?? (withSeats(house).toSorted((a, b) => a.taken - b.taken)[0] as Room);
};

export const RIVALS: Readonly<Record<string, Rule>> = {
  'nearest until exhausted': ownRegionUntilExhausted(rttMs),
  'jicofo ladder': jicofo,
  kilometres: ownRegionUntilExhausted(kilometres),
};
