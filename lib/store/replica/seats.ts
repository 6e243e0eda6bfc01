import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { readAll } from '../batch.ts';
import { any, when } from '../conditions.ts';
import { type ReplicaKey, seatsKey } from '../keys.ts';
import { expiresAt, outcome, TableName, table, unlessConflict } from '../table.ts';
import { isStanding, retiredOf } from './retired-tickets.ts';

/**
 * How many seats of a replica were minted and drawn, and how many of the drawn tickets are returned, retired or
 * away.
 */
export interface SeatCount {
  minted: number;
  taken: number;
  returned: number;
  retired: number;
  away: number;
}

/**
 * Open the ticket sales of a replica whose seat credentials are written, in place of an earlier claim. Idempotent.
 * `conflict`: a later claim did so, or tickets are already drawn.
 */
export async function openSeats(
  replica: ReplicaKey,
  { minted, fence }: { minted: number; fence: number },
  now: number,
): Promise<'opened' | 'conflict'> {
  const notOpened = 'attribute_not_exists(pk)';
  const openedEarlier = {
    expression: 'fence <= :fence AND taken = :none AND attribute_not_exists(closed)',
    values: { ':fence': fence, ':none': 0 },
  };
  const put = new PutCommand({
    TableName: TableName(),
    Item: { ...seatsKey(replica), minted, taken: 0, fence, expiresAt: expiresAt(now) },
    ...when(any(notOpened, openedEarlier)),
  });
  return outcome(table().send(put), 'opened', 'conflict');
}

/** Mark the seat of a ticket as left, so that it does not count as seated. Idempotent. */
export async function markAway(replica: ReplicaKey, ticket: number): Promise<void> {
  await changeStanding(replica, ticket, 'ADD away :ticket, marks :one');
}

/** Mark the seat of a ticket as resumed. Idempotent. */
export async function markBack(replica: ReplicaKey, ticket: number): Promise<void> {
  await changeStanding(replica, ticket, 'ADD marks :one DELETE away :ticket');
}

async function changeStanding(replica: ReplicaKey, ticket: number, update: string): Promise<void> {
  const write = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: update,
    ...when(isStanding(ticket), { values: { ':ticket': new Set([ticket]), ':one': 1 } }),
  });
  await unlessConflict(table().send(write), 'conflict');
}

/** Close the ticket sales of a replica: every later draw finds none. Idempotent. */
export async function closeSeats(replica: ReplicaKey): Promise<void> {
  await change(replica, 'SET closed = :yes', { ':yes': true });
}

/** The counts of many replicas in one round trip, by ordinal. A replica whose counts do not exist has no entry. */
export async function readSeats(replicas: ReplicaKey[]): Promise<Map<number, SeatCount>> {
  const items = await readAll(replicas.map(seatsKey));
  return new Map(items.map((item) => [ordinalOf(item.pk), countOf(item)]));
}

/** How many viewers are seated in these replicas, by the name of the meeting. */
export async function readViewers(replicas: ReplicaKey[]): Promise<Map<string, number>> {
  const nameOf = new Map(replicas.map((replica) => [seatsKey(replica).pk, replica.externalMeetingId]));
  const viewers = new Map<string, number>();
  for (const item of await readAll(replicas.map(seatsKey))) {
    const name = nameOf.get(item.pk) as string;
    viewers.set(name, (viewers.get(name) ?? 0) + seated(countOf(item)));
  }
  return viewers;
}

function countOf(item: Record<string, unknown>): SeatCount {
  const sizeOf = (name: string) => (item[name] as Set<number> | undefined)?.size ?? 0;
  return {
    minted: item.minted as number,
    taken: item.taken as number,
    ...{ returned: sizeOf('returned'), away: sizeOf('away'), retired: retiredOf(item).size },
  };
}

/** How many people are seated, according to the counts. */
export function seated({ taken, returned, retired, away }: SeatCount): number {
  return Math.max(0, taken - returned - retired - away);
}

const ordinalOf = (pk: string) => Number(pk.slice(pk.lastIndexOf('#') + 1));

/** Change the counts of a replica. No effect if it has none. */
async function change(replica: ReplicaKey, update: string, values: Record<string, unknown>): Promise<void> {
  const write = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: update,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: values,
  });
  await unlessConflict(table().send(write), 'conflict');
}
