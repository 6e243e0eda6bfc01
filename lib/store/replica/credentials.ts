import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { allSettledOrThrow } from '../../all-settled.ts';
import { CHUNK_SEATS, chunkOf, runs } from '../../domain/meeting/seats.ts';
import type { ChimeAttendee, ChimeMeeting } from '../../domain/meeting/topology.ts';
import { chunkKey, type ReplicaKey } from '../keys.ts';
import { expiresAt, outcome, TableName, table } from '../table.ts';

/** What a viewer needs to join: the replica meeting and the attendee of their seat. */
export interface SeatCredentials {
  Meeting: ChimeMeeting;
  Attendee: ChimeAttendee;
}

/** What is written to the seat credentials of a replica, and under which fence. */
interface Writing {
  Meeting: ChimeMeeting;
  attendees: ChimeAttendee[];
  fence: number;
}

/**
 * Write the seat credentials: the attendees in the order of their seats, in chunks. Each chunk also holds the
 * Meeting, so that one read answers a join. Idempotent. `conflict`: a later claim has written them.
 */
export async function writeCredentials(
  replica: ReplicaKey,
  { Meeting, attendees, fence }: Writing,
  now: number,
): Promise<'written' | 'conflict'> {
  return writeChunks(replica, { Meeting, first: 0, seats: attendees, fence }, now);
}

/**
 * Append seat credentials. A chunk with room is rewritten with the new seats behind its old ones, which never
 * change. Only the holder of the right to add seats may call this. `conflict`: a later holder has written them.
 */
export async function extendCredentials(
  replica: ReplicaKey,
  { Meeting, from, attendees, fence }: Writing & { from: number },
  now: number,
): Promise<'written' | 'conflict'> {
  const first = chunkOf(from);
  const before = (await readChunk(replica, first))?.seats ?? [];
  const seats = [...before.slice(0, from % CHUNK_SEATS), ...attendees];
  return writeChunks(replica, { Meeting, first, seats, fence }, now);
}

async function writeChunks(
  replica: ReplicaKey,
  { Meeting, first, seats, fence }: Omit<Writing, 'attendees'> & { first: number; seats: ChimeAttendee[] },
  now: number,
): Promise<'written' | 'conflict'> {
  const writes = runs(seats, CHUNK_SEATS).map((chunk, k) =>
    writeChunk({
      ...chunkKey(replica, first + k),
      ...{ Meeting, seats: chunk, fence },
      expiresAt: expiresAt(now),
    }),
  );
  return (await allSettledOrThrow(writes)).includes('conflict') ? 'conflict' : 'written';
}

async function writeChunk(
  Item: { fence: number } & Record<string, unknown>,
): Promise<'written' | 'conflict'> {
  const noneIsNewer = 'attribute_not_exists(pk) OR attribute_not_exists(fence) OR fence <= :fence';
  const put = new PutCommand({
    TableName: TableName(),
    Item,
    ConditionExpression: noneIsNewer,
    ExpressionAttributeValues: { ':fence': Item.fence },
  });
  return outcome(table().send(put), 'written', 'conflict');
}

/** The credentials of one seat; undefined if there are none. */
export async function readCredentials(
  replica: ReplicaKey,
  seat: number,
): Promise<SeatCredentials | undefined> {
  const Item = await readChunk(replica, chunkOf(seat));
  const Attendee = Item?.seats[seat % CHUNK_SEATS];
  return Item && Attendee && { Meeting: Item.Meeting, Attendee };
}

interface Chunk {
  Meeting: ChimeMeeting;
  seats: ChimeAttendee[];
}

async function readChunk(replica: ReplicaKey, chunk: number): Promise<Chunk | undefined> {
  const Key = chunkKey(replica, chunk);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item as Chunk | undefined;
}
