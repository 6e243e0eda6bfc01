import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { all, any, type Clause, when } from '../conditions.ts';
import { type ReplicaKey, seatsKey } from '../keys.ts';
import { TableName, table, unlessConflict } from '../table.ts';

/**
 * The limit of `retired`, which keeps the item of a replica bounded. A retired ticket is one whose attendee was
 * deleted; its seat is vacated for ever. Below `watermark` the item holds the `survivors`, which are at most as many
 * as Chime allows attendees. From the watermark on it holds the `retired`. When they exceed this limit, the
 * watermark moves up to the tickets not drawn yet. The counter `vacated` tells whether any of it changed.
 */
export const MOST_RETIRED = 256;

const aboveWatermark = 'attribute_not_exists(watermark) OR watermark <= :number';

/** The condition that a ticket is not retired. */
export function isStanding(ticket: number): Clause {
  const above = all(aboveWatermark, 'NOT contains(retired, :number)');
  const below = 'watermark > :number AND contains(survivors, :number)';
  return { ...all('attribute_exists(pk)', any(above, below)), values: { ':number': ticket } };
}

/** The retired tickets of an item with the counts of a replica. */
export function retiredOf(item: Record<string, unknown>): Set<number> {
  const { watermark = 0, survivors = none, retired = none } = item as RetiredTickets;
  const below = Array.from({ length: watermark }, (_, ticket) => ticket);
  const above = [...retired].filter((ticket) => ticket >= watermark);
  return new Set([...below.filter((ticket) => !survivors.has(ticket)), ...above]);
}

/**
 * Retire a ticket whose attendee was deleted, so that its number is never drawn again. Everything else about the
 * ticket is removed from the item. Idempotent.
 */
export async function countRetired(replica: ReplicaKey, ticket: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression:
      'ADD retired :ticket, vacated :one DELETE survivors :ticket, away :ticket, returned :ticket, leakCandidates :ticket REMOVE #resold',
    ...when(isStanding(ticket), {
      names: { '#resold': resoldOf(ticket) },
      values: { ':ticket': new Set([ticket]), ':one': 1 },
    }),
    ReturnValues: 'ALL_NEW',
  });
  const counted = await unlessConflict(table().send(update), 'conflict');
  if (counted === 'conflict') return;
  const { retired = none } = counted.Attributes as RetiredTickets;
  if (retired.size > MOST_RETIRED) await moveWatermark(replica);
}

/**
 * Move the watermark up to the tickets not drawn yet. No effect if a ticket was retired meanwhile; that one moves it
 * again.
 */
async function moveWatermark(replica: ReplicaKey): Promise<void> {
  const Key = seatsKey(replica);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const { taken, vacated } = Item as unknown as { taken: number; vacated: number };
  const retired = retiredOf(Item as Record<string, unknown>);
  const drawn = Array.from({ length: taken }, (_, ticket) => ticket);
  const survivors = drawn.filter((ticket) => !retired.has(ticket));
  const some = survivors.length > 0;
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: `SET watermark = :taken${some ? ', survivors = :survivors' : ''} REMOVE retired${some ? '' : ', survivors'}`,
    ConditionExpression: 'vacated = :vacated AND (attribute_not_exists(watermark) OR watermark < :taken)',
    ExpressionAttributeValues: {
      ':taken': taken,
      ':vacated': vacated,
      ...(some && { ':survivors': new Set(survivors) }),
    },
  });
  await unlessConflict(table().send(update), 'conflict');
}

/**
 * The attribute that counts how often a ticket was returned and drawn again. Each ticket has its own, because a path
 * into a map needs an existing map.
 */
export const resoldOf = (ticket: number) => `resold#${ticket}`;

interface RetiredTickets {
  watermark?: number;
  survivors?: Set<number>;
  retired?: Set<number>;
}

const none = new Set<number>();
