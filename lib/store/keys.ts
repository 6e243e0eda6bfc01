import { createHash } from 'node:crypto';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import type { Topology } from '../domain/meeting/topology.ts';
import type { CoolDown } from '../domain/placement/cool-downs.ts';
import type { Drain } from '../domain/placement/drains.ts';

/**
 * The participants of a name are spread over this many partition keys. One key takes 1,000 writes a second; of ten thousand joins in
 * a second it gets about 350.
 */
export const PARTICIPANT_SHARDS = 32;

/** The lists of people of a name, and their attendance, are spread over this many partition keys. */
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

/**
 * The attributes of an item that hold one value for each media region. Each region has its own attribute, because a path
 * into a map needs an existing map.
 */
function perRegion<Value>(prefix: string) {
  return {
    /** The attribute of this media region. */
    of: (mediaRegion: MediaRegion) => `${prefix}${mediaRegion}`,
    /** The values in an item, by media region. */
    in: (item: Record<string, unknown>): Partial<Record<MediaRegion, Value>> => {
      const own = Object.entries(item).filter(([attribute]) => attribute.startsWith(prefix));
      return Object.fromEntries(own.map(([attribute, value]) => [attribute.slice(prefix.length), value]));
    },
  };
}

/** What is stored for each media region. */
export const regional = {
  /** In the counts of a replica: how many viewers came from there. */
  arrivals: perRegion<number>('arrivals#'),
  /** In the counts of a replica: the first ticket that a viewer from there drew. */
  first: perRegion<number>('first#'),
  /** In the count of waiting people: how many answers went to people of that media region. */
  waiting: perRegion<number>('waiting#'),
  /** In a topology: the cool-down of the media region, and its drain. */
  coolDown: perRegion<CoolDown>('coolDown#'),
  drain: perRegion<Drain>('drain#'),
};

/** The key of the count of waiting people, for one name or for all names together. */
export const waitingKey = (where: { externalMeetingId: string } | 'everywhere') => ({
  pk: where === 'everywhere' ? 'WAITING' : `WAITING#${where.externalMeetingId}`,
  sk: 'COUNT',
});

/** The key of the counters of one name's client events in one slice of time. */
export const clientEventsKey = (externalMeetingId: string, slice: number) => ({
  pk: `CLIENTEVENTS#${externalMeetingId}`,
  sk: `${slice}`,
});

/** The key of one part of the queue of viewers who wait for seats that are being opened. */
export const queueKey = (externalMeetingId: string, part: number) => ({
  pk: `QUEUE#${externalMeetingId}#${part}`,
  sk: 'END',
});

const RETURNS = 'returns#';

/** The attribute of that count that holds how many people return in this slice of time. */
export const returnsIn = (slice: number) => `${RETURNS}${slice}`;

/** The slice of such an attribute; undefined for any other attribute. */
export const returnsInOf = (attribute: string): number | undefined =>
  attribute.startsWith(RETURNS) ? Number(attribute.slice(RETURNS.length)) : undefined;

export const chunkKey = (replica: ReplicaKey, chunk: number) => ({
  pk: replicaPk(replica),
  sk: `ROLL#${chunk}`,
});

export const shardPk = (externalMeetingId: string, shard: number) =>
  `PARTICIPANTS#${externalMeetingId}#${shard}`;

/** One of so many shards. Two people seldom share one, and a person always has the same. */
const shardAmong = (shards: number, externalUserId: string) =>
  (createHash('sha256').update(externalUserId).digest()[0] ?? 0) % shards;

export const shardOf = (externalUserId: string) => shardAmong(SHARDS, externalUserId);

export const participantKey = (externalMeetingId: string, externalUserId: string) => ({
  pk: shardPk(externalMeetingId, shardAmong(PARTICIPANT_SHARDS, externalUserId)),
  sk: externalUserId,
});

/** The partition of a part of the attendance of one life of a name. */
export const attendancePk = (
  { externalMeetingId, incarnation }: Pick<Topology, 'externalMeetingId' | 'incarnation'>,
  shard: number,
) => `ATTENDANCE#${externalMeetingId}#${incarnation}#${shard}`;

/** The key of one person's attendance in one life of a name. */
export const attendanceKey = (
  life: Pick<Topology, 'externalMeetingId' | 'incarnation'>,
  externalUserId: string,
) => ({ pk: attendancePk(life, shardOf(externalUserId)), sk: externalUserId });

/** The partition of the lives of a name. */
export const livesPk = (externalMeetingId: string) => `LIVES#${externalMeetingId}`;

/** The key of one life. Lives are in the order in which they began. */
export const lifeKey = ({
  externalMeetingId,
  incarnation,
  incarnatedAt,
}: Pick<Topology, 'externalMeetingId' | 'incarnation' | 'incarnatedAt'>) => ({
  pk: livesPk(externalMeetingId),
  sk: `${new Date(incarnatedAt).toISOString()}#${incarnation}`,
});

export const quotaKey = (controlRegion: string, operation: string) => ({
  pk: `QUOTA#${controlRegion}`,
  sk: operation,
});

const OPENS = 'opens#';

/** The attribute of a quota that says what this name reserved permits for. */
export const opensOf = (externalMeetingId: string) => `${OPENS}${externalMeetingId}`;

/** The name of such an attribute; undefined for any other attribute. */
export const opensIn = (attribute: string): string | undefined =>
  attribute.startsWith(OPENS) ? attribute.slice(OPENS.length) : undefined;

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
