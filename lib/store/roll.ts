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
 * Write the roll: the attendees in the order of their seats, in chunks that never change. Each chunk holds
 * the Meeting too, so that one read answers a join. Writing the same roll again changes nothing.
 */
export async function writeRoll(
  replica: ReplicaKey,
  { Meeting, attendees }: { Meeting: ChimeMeeting; attendees: ChimeAttendee[] },
  now: number,
): Promise<void> {
  const writes = runs(attendees, CHUNK_SEATS).map((seats, chunk) =>
    table().send(
      new PutCommand({
        TableName: TableName(),
        Item: { ...chunkKey(replica, chunk), Meeting, seats, expiresAt: expiresAt(now) },
      }),
    ),
  );
  await Promise.all(writes);
}

/** The credential of one seat. */
export async function readRoll(replica: ReplicaKey, seat: number): Promise<RollEntry | undefined> {
  const Key = chunkKey(replica, chunkOf(seat));
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const Attendee = (Item?.seats as ChimeAttendee[] | undefined)?.[seat % CHUNK_SEATS];
  return Item && Attendee && { Meeting: Item.Meeting as ChimeMeeting, Attendee };
}
