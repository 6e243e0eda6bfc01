import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { readAll } from '../batch.ts';
import { type ReplicaKey, seatsKey } from '../keys.ts';
import { expiresAt, TableName, table, unlessConflict } from '../table.ts';
import { isStanding, retiredOf } from './retired-tickets.ts';

/** How many of a replica's seats were ever minted, ever drawn, are drawn but never handed out, vacated, and given back. */
export interface SeatCount {
  minted: number;
  taken: number;
  returned: number;
  retired: number;
  away: number;
}

/**
 * Start selling the seats of a replica whose roll is written, in place of what an earlier claim began. Doing it again changes
 * nothing. `lost`: a later claim did, or tickets are drawn already.
 */
export async function openSeats(
  replica: ReplicaKey,
  { minted, fence }: { minted: number; fence: number },
  now: number,
): Promise<'opened' | 'conflict'> {
  const notOpened = 'attribute_not_exists(pk)';
  const openedEarlier = 'fence <= :fence AND taken = :none AND attribute_not_exists(closed)';
  const put = new PutCommand({
    TableName: TableName(),
    Item: { ...seatsKey(replica), minted, taken: 0, fence, expiresAt: expiresAt(now) },
    ConditionExpression: `(${notOpened}) OR (${openedEarlier})`,
    ExpressionAttributeValues: { ':fence': fence, ':none': 0 },
  });
  return unlessConflict(
    table()
      .send(put)
      .then(() => 'opened' as const),
    'conflict',
  );
}

/** Mark the seat of a ticket as given back, so that it does not count as seated. Repeatable. */
export async function markAway(replica: ReplicaKey, ticket: number): Promise<void> {
  await changeStanding(replica, ticket, 'ADD away :ticket, marks :one');
}

/** Mark the seat of a ticket as taken up again. Repeatable. */
export async function markBack(replica: ReplicaKey, ticket: number): Promise<void> {
  await changeStanding(replica, ticket, 'ADD marks :one DELETE away :ticket');
}

async function changeStanding(replica: ReplicaKey, ticket: number, update: string): Promise<void> {
  const write = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: update,
    ConditionExpression: isStanding,
    ExpressionAttributeValues: { ':ticket': new Set([ticket]), ':number': ticket, ':one': 1 },
  });
  await unlessConflict(table().send(write), 'conflict');
}

/** Sell no more seats: whoever draws from now on finds none. Repeatable. */
export async function closeSeats(replica: ReplicaKey): Promise<void> {
  await change(replica, 'SET closed = :yes', { ':yes': true });
}

/** The counts of many replicas in one round trip, by ordinal; those that do not exist are missing. */
export async function readSeats(replicas: ReplicaKey[]): Promise<Map<number, SeatCount>> {
  const items = await readAll(replicas.map(seatsKey));
  return new Map(items.map((item) => [ordinalOf(item.pk), countOf(item)]));
}

function countOf(item: Record<string, unknown>): SeatCount {
  const sizeOf = (name: string) => (item[name] as Set<number> | undefined)?.size ?? 0;
  return {
    minted: item.minted as number,
    taken: item.taken as number,
    ...{ returned: sizeOf('returned'), away: sizeOf('away'), retired: retiredOf(item).size },
  };
}

/** How many people the counts say are seated. */
export function seated({ taken, returned, retired, away }: SeatCount): number {
  return Math.max(0, taken - returned - retired - away);
}

const ordinalOf = (pk: string) => Number(pk.slice(pk.lastIndexOf('#') + 1));

/** Change the counts of a replica that exists; one that does not has nothing to count. */
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
