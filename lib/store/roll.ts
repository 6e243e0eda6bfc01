import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { CHUNK_SEATS, chunkOf, runs } from '../domain/seats.ts';
import type { ChimeAttendee, ChimeMeeting } from '../domain/topology.ts';
import { chunkKey, type ReplicaKey } from './keys.ts';
import { expiresAt, TableName, table } from './table.ts';

/** What a viewer needs to join: the replica, and the credential of their seat. */
export interface RollEntry {
  Meeting: ChimeMeeting;
  Attendee: ChimeAttendee;
}

/**
 * Write the roll: the attendees in the order of their seats, in chunks. Each chunk holds the Meeting too, so that
 * one read answers a join. Writing the same roll again changes nothing.
 */
export async function writeRoll(
  replica: ReplicaKey,
  { Meeting, attendees }: { Meeting: ChimeMeeting; attendees: ChimeAttendee[] },
  now: number,
): Promise<void> {
  await writeChunks(replica, { Meeting, first: 0, seats: attendees }, now);
}

/**
 * Add seats behind the last of a roll. A chunk that has room is written again with the new ones behind its old ones,
 * which never change. Only whoever holds the right to add seats may call this.
 */
export async function extendRoll(
  replica: ReplicaKey,
  { Meeting, from, attendees }: { Meeting: ChimeMeeting; from: number; attendees: ChimeAttendee[] },
  now: number,
): Promise<void> {
  const first = chunkOf(from);
  const before = (await readChunk(replica, first))?.seats ?? [];
  const seats = [...before.slice(0, from % CHUNK_SEATS), ...attendees];
  await writeChunks(replica, { Meeting, first, seats }, now);
}

async function writeChunks(
  replica: ReplicaKey,
  { Meeting, first, seats }: { Meeting: ChimeMeeting; first: number; seats: ChimeAttendee[] },
  now: number,
): Promise<void> {
  const writes = runs(seats, CHUNK_SEATS).map((chunk, k) =>
    table().send(
      new PutCommand({
        TableName: TableName(),
        Item: { ...chunkKey(replica, first + k), Meeting, seats: chunk, expiresAt: expiresAt(now) },
      }),
    ),
  );
  await Promise.all(writes);
}

/** The credential of one seat. */
export async function readRoll(replica: ReplicaKey, seat: number): Promise<RollEntry | undefined> {
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
