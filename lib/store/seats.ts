import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { readAll } from './batch.ts';
import { type ReplicaKey, seatsKey } from './keys.ts';
import { expiresAt, TableName, table, unlessLost } from './table.ts';

/** How a replica's seats stand: ever minted, tickets ever drawn, given back, and drawn but never handed out. */
export interface SeatCount {
  minted: number;
  taken: number;
  released: number;
  spare: number;
}

/**
 * Start selling the seats of a replica whose roll is written, in place of what an earlier claim began. Doing it again changes
 * nothing. `lost`: a later claim did, or tickets are drawn already.
 */
export async function openSeats(
  replica: ReplicaKey,
  { minted, fence }: { minted: number; fence: number },
  now: number,
): Promise<'opened' | 'lost'> {
  const notOpened = 'attribute_not_exists(pk)';
  const openedEarlier = 'fence <= :fence AND taken = :none AND attribute_not_exists(closed)';
  const put = new PutCommand({
    TableName: TableName(),
    Item: { ...seatsKey(replica), minted, taken: 0, released: 0, fence, expiresAt: expiresAt(now) },
    ConditionExpression: `(${notOpened}) OR (${openedEarlier})`,
    ExpressionAttributeValues: { ':fence': fence, ':none': 0 },
  });
  return unlessLost(
    table()
      .send(put)
      .then(() => 'opened' as const),
    'lost',
  );
}

/** Count one seat more as given back, or (-1) as taken up again by the person whose it is. */
export async function countReleased(replica: ReplicaKey, by: 1 | -1): Promise<void> {
  await change(replica, 'ADD released :by', { ':by': by });
}

/**
 * Count a seat whose attendee was deleted, once, however often this is asked. It is nobody's any more: its number
 * is never handed out again.
 */
export async function countVacant(
  replica: ReplicaKey,
  { ticket, wasReleased }: { ticket: number; wasReleased: boolean },
): Promise<void> {
  const notCounted = 'attribute_exists(pk) AND NOT contains(vacant, :number)';
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: 'ADD vacant :ticket, released :by',
    ConditionExpression: notCounted,
    ExpressionAttributeValues: {
      ':ticket': new Set([ticket]),
      ':number': ticket,
      ':by': wasReleased ? 0 : 1,
    },
  });
  await unlessLost(table().send(update), 'lost');
}

/** Sell no more seats: whoever draws from now on finds none. Repeatable. */
export async function closeSeats(replica: ReplicaKey): Promise<void> {
  await change(replica, 'SET closed = :yes', { ':yes': true });
}

/** The counts of many replicas in one round trip, by ordinal; those that do not exist are missing. */
export async function readSeats(replicas: ReplicaKey[]): Promise<Map<number, SeatCount>> {
  const items = await readAll(replicas.map(seatsKey));
  const counts = items.map((item) => [
    ordinalOf(item.pk),
    { ...item, spare: (item.spare as Set<number> | undefined)?.size ?? 0 },
  ]);
  return new Map(counts as [number, SeatCount][]);
}

/** How many people the counts say are seated. */
export function seated({ taken, released, spare }: SeatCount): number {
  return Math.max(0, taken - released - spare);
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
  await unlessLost(table().send(write), 'lost');
}
