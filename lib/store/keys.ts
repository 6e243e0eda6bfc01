import { createHash } from 'node:crypto';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import type { Topology } from '../domain/meeting/topology.ts';

/**
 * The participants of a name are spread over this many partition keys, because one key takes 1,000 writes a second.
 */
export const SHARDS = 16;

export interface ReplicaKey {
  externalMeetingId: string;
  /** Separates this incarnation of the name from items that an expired one left behind. */
  incarnation: string;
  epoch: number;
  ordinal: number;
}

export const topologyKey = (externalMeetingId: string) => ({
  pk: `MEETING#${externalMeetingId}`,
  sk: 'TOPOLOGY',
});

/** The key of one replica in the epoch of this topology. */
export const replicaKey = (
  { externalMeetingId, incarnation, epoch }: Pick<Topology, 'externalMeetingId' | 'incarnation' | 'epoch'>,
  ordinal: number,
): ReplicaKey => ({ externalMeetingId, incarnation, epoch, ordinal });

const replicaPk = ({ externalMeetingId, incarnation, epoch, ordinal }: ReplicaKey) =>
  `REPLICA#${externalMeetingId}#${incarnation}#${epoch}#${ordinal}`;

export const seatsKey = (replica: ReplicaKey) => ({ pk: replicaPk(replica), sk: 'SEATS' });

const ARRIVALS = 'arrivals#';

/** The attribute of a replica's counts that holds how many viewers came from this media region. */
export const arrivalsFrom = (mediaRegion: MediaRegion) => `${ARRIVALS}${mediaRegion}`;

/** The media region of an arrivals attribute; undefined for any other attribute. */
export const arrivedFrom = (attribute: string): MediaRegion | undefined =>
  attribute.startsWith(ARRIVALS) ? (attribute.slice(ARRIVALS.length) as MediaRegion) : undefined;

/** The key of the count of waiting people, for one name or for all names together. */
export const waitingKey = (where: { externalMeetingId: string } | 'everywhere') => ({
  pk: where === 'everywhere' ? 'WAITING' : `WAITING#${where.externalMeetingId}`,
  sk: 'COUNT',
});

const RETURNS = 'returns#';
const WAITING = 'waiting#';

/** The attribute of that count that holds how many people return in this slice of time. */
export const returnsIn = (slice: number) => `${RETURNS}${slice}`;

/** The slice of such an attribute; undefined for any other attribute. */
export const returnsInOf = (attribute: string): number | undefined =>
  attribute.startsWith(RETURNS) ? Number(attribute.slice(RETURNS.length)) : undefined;

/** The attribute of that count that holds how many answers went to people of this media region. */
export const waitingFrom = (mediaRegion: MediaRegion) => `${WAITING}${mediaRegion}`;

/** The media region of such an attribute; undefined for any other attribute. */
export const waitingFromOf = (attribute: string): MediaRegion | undefined =>
  attribute.startsWith(WAITING) ? (attribute.slice(WAITING.length) as MediaRegion) : undefined;

const COOL_DOWN = 'coolDown#';

/**
 * The attribute of a topology that holds the cool-down of this media region. Each region has its own attribute,
 * because a path into a map needs an existing map.
 */
export const coolDownOf = (mediaRegion: MediaRegion) => `${COOL_DOWN}${mediaRegion}`;

/** The media region of a cool-down attribute; undefined for any other attribute. */
export const coolingIn = (attribute: string): MediaRegion | undefined =>
  attribute.startsWith(COOL_DOWN) ? (attribute.slice(COOL_DOWN.length) as MediaRegion) : undefined;

const DRAIN = 'drain#';

/** The attribute of a topology that holds the drain of this media region, one for each region as for cool-downs. */
export const drainOf = (mediaRegion: MediaRegion) => `${DRAIN}${mediaRegion}`;

/** The media region of a drain attribute; undefined for any other attribute. */
export const drainedIn = (attribute: string): MediaRegion | undefined =>
  attribute.startsWith(DRAIN) ? (attribute.slice(DRAIN.length) as MediaRegion) : undefined;

export const chunkKey = (replica: ReplicaKey, chunk: number) => ({
  pk: replicaPk(replica),
  sk: `ROLL#${chunk}`,
});

export const shardPk = (externalMeetingId: string, shard: number) =>
  `PARTICIPANTS#${externalMeetingId}#${shard}`;

export const shardOf = (externalUserId: string) =>
  (createHash('sha256').update(externalUserId).digest()[0] ?? 0) % SHARDS;

export const participantKey = (externalMeetingId: string, externalUserId: string) => ({
  pk: shardPk(externalMeetingId, shardOf(externalUserId)),
  sk: externalUserId,
});

export const quotaKey = (controlRegion: string, operation: string) => ({
  pk: `QUOTA#${controlRegion}`,
  sk: operation,
});

/** The key of the first request that was sent with a `ClientRequestToken`. */
export const requestKey = (externalMeetingId: string, token: string) => ({
  pk: `REQUESTS#${externalMeetingId}`,
  sk: token,
});

/** The partition of a name's leftovers. */
export const leftoversPk = (externalMeetingId: string) => `LEFTOVERS#${externalMeetingId}`;

/** The index key by which a Chime event finds a seat: the Chime meeting and the number of the seat. */
export const seatKey = (meetingId: string, seat: number) => `${meetingId}#${seat}`;

/** The partition of the index that holds a part of the names with this status. */
export const statusKey = (status: Topology['status'], shard: number) => `STATUS#${status}#${shard}`;

/** A list of people of one name: raised hands of one incarnation, or bans of all incarnations. */
export type ListName =
  | { hands: { externalMeetingId: string; incarnation: string } }
  | { bans: { externalMeetingId: string } };

/**
 * The partition key of a list. Lists are spread over shards like participants, because a crowd raises its hands all
 * at once.
 */
export function listKey(list: ListName, shard: number): string {
  if ('bans' in list) return `BANS#${list.bans.externalMeetingId}#${shard}`;
  return `HANDS#${list.hands.externalMeetingId}#${list.hands.incarnation}#${shard}`;
}

/** A sort key that orders by time, then by name. An ISO 8601 instant is 24 characters long. */
export const listedAt = (instant: string, externalId: string) => `${instant}#${externalId}`;
