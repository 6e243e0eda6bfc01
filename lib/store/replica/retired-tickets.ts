import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type ReplicaKey, seatsKey } from '../keys.ts';
import { all, TableName, table, unlessConflict } from '../table.ts';

/**
 * The tickets whose seat was vacated, for ever, in an item of bounded size. Of the tickets below `watermark` the item holds the
 * `survivors`, at most as many as Chime lets attendees be; of those from there on it holds the `retired`. Once there are more than
 * this many of the latter, the watermark moves up to the tickets that are not drawn yet. `vacated` counts, and so tells whether
 * anything of it changed.
 */
export const MOST_RETIRED = 256;

const aboveWatermark = 'attribute_not_exists(watermark) OR watermark <= :number';

/** The seat of the ticket `:number` was not vacated. */
export const isStanding = all(
  'attribute_exists(pk)',
  `((${aboveWatermark}) AND NOT contains(retired, :number)) OR (watermark > :number AND contains(survivors, :number))`,
);

/** Which tickets an item with the counts of a replica says are retired. */
export function retiredOf(item: Record<string, unknown>): Set<number> {
  const { watermark = 0, survivors = none, retired = none } = item as RetiredTickets;
  const below = Array.from({ length: watermark }, (_, ticket) => ticket);
  const above = [...retired].filter((ticket) => ticket >= watermark);
  return new Set([...below.filter((ticket) => !survivors.has(ticket)), ...above]);
}

/**
 * Count a seat whose attendee was deleted, once, however often this is asked: its number is never drawn again. All that the item
 * says of the ticket goes with it.
 */
export async function countRetired(replica: ReplicaKey, ticket: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression:
      'ADD retired :ticket, vacated :one DELETE survivors :ticket, away :ticket, returned :ticket, leakCandidates :ticket REMOVE #resold',
    ConditionExpression: isStanding,
    ExpressionAttributeNames: { '#resold': resoldOf(ticket) },
    ExpressionAttributeValues: { ':ticket': new Set([ticket]), ':number': ticket, ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
  const counted = await unlessConflict(table().send(update), 'conflict');
  if (counted === 'conflict') return;
  const { retired = none } = counted.Attributes as RetiredTickets;
  if (retired.size > MOST_RETIRED) await moveWatermark(replica);
}

/** Move the watermark up to what is not drawn yet. Without effect where a seat was vacated meanwhile: that moves it again. */
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

/** An attribute of its own for each ticket that came back, since a path into a map needs the map to be there. */
export const resoldOf = (ticket: number) => `resold#${ticket}`;

interface RetiredTickets {
  watermark?: number;
  survivors?: Set<number>;
  retired?: Set<number>;
}

const none = new Set<number>();
