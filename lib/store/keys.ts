import { createHash } from 'node:crypto';

/** A name's participants are spread over this many partition keys: one key takes 1,000 writes a second. */
export const SHARDS = 16;

export interface ReplicaKey {
  externalMeetingId: string;
  epoch: number;
  ordinal: number;
}

export const topologyKey = (externalMeetingId: string) => ({
  pk: `MEETING#${externalMeetingId}`,
  sk: 'TOPOLOGY',
});

const replicaPk = ({ externalMeetingId, epoch, ordinal }: ReplicaKey) =>
  `REPLICA#${externalMeetingId}#${epoch}#${ordinal}`;

export const seatsKey = (replica: ReplicaKey) => ({ pk: replicaPk(replica), sk: 'SEATS' });

export const chunkKey = (replica: ReplicaKey, chunk: number) => ({
  pk: replicaPk(replica),
  sk: `ROLL#${chunk}`,
});

export const shardPk = (externalMeetingId: string, shard: number) =>
  `PARTICIPANTS#${externalMeetingId}#${shard}`;

const shardOf = (externalUserId: string) =>
  (createHash('sha256').update(externalUserId).digest()[0] ?? 0) % SHARDS;

export const participantKey = (externalMeetingId: string, externalUserId: string) => ({
  pk: shardPk(externalMeetingId, shardOf(externalUserId)),
  sk: externalUserId,
});

export const quotaKey = (controlRegion: string, operation: string) => ({
  pk: `QUOTA#${controlRegion}`,
  sk: operation,
});

/** What an event of Chime's can be looked up by: the meeting and the seat's number. */
export const seatKey = (meetingId: string, seat: number) => `${meetingId}#${seat}`;
