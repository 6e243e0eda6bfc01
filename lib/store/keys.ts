import { createHash } from 'node:crypto';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import type { Topology } from '../domain/meeting/topology.ts';

/** A name's participants are spread over this many partition keys: one key takes 1,000 writes a second. */
export const SHARDS = 16;

export interface ReplicaKey {
  externalMeetingId: string;
  /** What a forgotten life of the name left behind is none of this one's. */
  incarnation: string;
  epoch: number;
  ordinal: number;
}

export const topologyKey = (externalMeetingId: string) => ({
  pk: `MEETING#${externalMeetingId}`,
  sk: 'TOPOLOGY',
});

/** The key of one replica of this very epoch. */
export const replicaKey = (
  { externalMeetingId, incarnation, epoch }: Pick<Topology, 'externalMeetingId' | 'incarnation' | 'epoch'>,
  ordinal: number,
): ReplicaKey => ({ externalMeetingId, incarnation, epoch, ordinal });

const replicaPk = ({ externalMeetingId, incarnation, epoch, ordinal }: ReplicaKey) =>
  `REPLICA#${externalMeetingId}#${incarnation}#${epoch}#${ordinal}`;

export const seatsKey = (replica: ReplicaKey) => ({ pk: replicaPk(replica), sk: 'SEATS' });

const ARRIVALS = 'arrivals#';

/** Where a replica's counts say how many viewers came from this media region. */
export const arrivalsFrom = (mediaRegion: MediaRegion) => `${ARRIVALS}${mediaRegion}`;

/** The media region that an attribute of a replica's counts is about; undefined for any other attribute. */
export const arrivedFrom = (attribute: string): MediaRegion | undefined =>
  attribute.startsWith(ARRIVALS) ? (attribute.slice(ARRIVALS.length) as MediaRegion) : undefined;

const COOL_DOWN = 'coolDown#';

/** Where a topology says that this media region cools down: an attribute of its own, since a path into a map needs the map. */
export const coolDownOf = (mediaRegion: MediaRegion) => `${COOL_DOWN}${mediaRegion}`;

/** The media region that an attribute of a topology is the cool-down of; undefined for any other attribute. */
export const coolingIn = (attribute: string): MediaRegion | undefined =>
  attribute.startsWith(COOL_DOWN) ? (attribute.slice(COOL_DOWN.length) as MediaRegion) : undefined;

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

/** The first request of a `ClientRequestToken`, as it was sent. */
export const requestKey = (externalMeetingId: string, token: string) => ({
  pk: `REQUESTS#${externalMeetingId}`,
  sk: token,
});

/** The partition of a name's leftovers. */
export const leftoversPk = (externalMeetingId: string) => `LEFTOVERS#${externalMeetingId}`;

/** What an event of Chime's can be looked up by: the meeting and the seat's number. */
export const seatKey = (meetingId: string, seat: number) => `${meetingId}#${seat}`;

/** A list of people of one name: of hands in this life of it, or of bans in all of them. */
export type ListName =
  | { hands: { externalMeetingId: string; incarnation: string } }
  | { bans: { externalMeetingId: string } };

/** Lists are spread as participants are: a crowd raises its hands all at once. */
export function listKey(list: ListName, shard: number): string {
  if ('bans' in list) return `BANS#${list.bans.externalMeetingId}#${shard}`;
  return `HANDS#${list.hands.externalMeetingId}#${list.hands.incarnation}#${shard}`;
}

/** Sorts by time, then by name: an ISO 8601 instant is 24 characters long. */
export const listedAt = (instant: string, externalUserId: string) => `${instant}#${externalUserId}`;
