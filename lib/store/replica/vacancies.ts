import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type ReplicaKey, seatsKey } from '../keys.ts';
import { all, TableName, table, unlessLost } from '../table.ts';

/**
 * The tickets whose seat was vacated, for ever, in an item of bounded size. Of the tickets below `watermark` the item holds the
 * `survivors`, at most as many as Chime lets attendees be; of those from there on it holds the `vacant`. Once there are more than
 * this many of the latter, the watermark moves up to the tickets that are not drawn yet. `vacated` counts, and so tells whether
 * anything of it changed.
 */
export const MOST_VACANT = 256;

const aboveWatermark = 'attribute_not_exists(watermark) OR watermark <= :number';

/** The seat of the ticket `:number` was not vacated. */
export const isStanding = all(
  'attribute_exists(pk)',
  `((${aboveWatermark}) AND NOT contains(vacant, :number)) OR (watermark > :number AND contains(survivors, :number))`,
);

/** Which tickets an item with the counts of a replica says are vacant. */
export function vacantOf(item: Record<string, unknown>): Set<number> {
  const { watermark = 0, survivors = none, vacant = none } = item as Vacancies;
  const below = Array.from({ length: watermark }, (_, ticket) => ticket);
  const above = [...vacant].filter((ticket) => ticket >= watermark);
  return new Set([...below.filter((ticket) => !survivors.has(ticket)), ...above]);
}

/**
 * Count a seat whose attendee was deleted, once, however often this is asked: its number is never drawn again. All that the item
 * says of the ticket goes with it.
 */
export async function countVacant(replica: ReplicaKey, ticket: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression:
      'ADD vacant :ticket, vacated :one DELETE survivors :ticket, away :ticket, spare :ticket, suspects :ticket REMOVE #resold',
    ConditionExpression: isStanding,
    ExpressionAttributeNames: { '#resold': resoldOf(ticket) },
    ExpressionAttributeValues: { ':ticket': new Set([ticket]), ':number': ticket, ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
  const counted = await unlessLost(table().send(update), 'lost');
  if (counted === 'lost') return;
  const { vacant = none } = counted.Attributes as Vacancies;
  if (vacant.size > MOST_VACANT) await moveWatermark(replica);
}

/** Move the watermark up to what is not drawn yet. Without effect where a seat was vacated meanwhile: that moves it again. */
async function moveWatermark(replica: ReplicaKey): Promise<void> {
  const Key = seatsKey(replica);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const { taken, vacated } = Item as unknown as { taken: number; vacated: number };
  const vacant = vacantOf(Item as Record<string, unknown>);
  const drawn = Array.from({ length: taken }, (_, ticket) => ticket);
  const survivors = drawn.filter((ticket) => !vacant.has(ticket));
  const some = survivors.length > 0;
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: `SET watermark = :taken${some ? ', survivors = :survivors' : ''} REMOVE vacant${some ? '' : ', survivors'}`,
    ConditionExpression: 'vacated = :vacated AND (attribute_not_exists(watermark) OR watermark < :taken)',
    ExpressionAttributeValues: {
      ':taken': taken,
      ':vacated': vacated,
      ...(some && { ':survivors': new Set(survivors) }),
    },
  });
  await unlessLost(table().send(update), 'lost');
}

/** An attribute of its own for each ticket that came back, since a path into a map needs the map to be there. */
export const resoldOf = (ticket: number) => `resold#${ticket}`;

interface Vacancies {
  watermark?: number;
  survivors?: Set<number>;
  vacant?: Set<number>;
}

const none = new Set<number>();
