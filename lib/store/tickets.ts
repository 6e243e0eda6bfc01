import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaRegion } from '../domain/media-regions.ts';
import { arrivalsFrom, type ReplicaKey, seatsKey } from './keys.ts';
import type { SeatCount } from './seats.ts';
import { all, TableName, table, unlessLost } from './table.ts';
import { isStanding, resoldOf } from './vacancies.ts';

export interface Ticket {
  ticket: number;
  minted: number;
  /** How often it had come back when it was drawn. */
  resold: number;
}

const sellingSeats = 'attribute_exists(minted) AND attribute_not_exists(closed)';

/**
 * Draw the next ticket of a replica. The number is the seat: it cannot oversell, and nobody else holds it. The same
 * write counts one viewer more `from` their own media region.
 */
export async function drawTicket(replica: ReplicaKey, from: MediaRegion): Promise<Ticket | 'sold-out'> {
  const seatsRemain = 'taken < minted';
  const draw = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: 'ADD taken :one, #arrivals :one',
    ConditionExpression: all(sellingSeats, seatsRemain),
    ExpressionAttributeNames: { '#arrivals': arrivalsFrom(from) },
    ExpressionAttributeValues: { ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
  const drawn = await unlessLost(table().send(draw), 'sold-out');
  if (drawn === 'sold-out') return drawSpare(replica);
  const { taken, minted } = drawn.Attributes as SeatCount;
  return { ticket: taken - 1, minted, resold: 0 };
}

/**
 * Hand back a ticket that nobody was ever given, so that somebody may still draw it. One whose seat is vacant stays
 * away; so does one that was drawn again meanwhile, where this is repeated for want of an answer.
 */
export async function returnTicket(
  replica: ReplicaKey,
  { ticket, resold }: Omit<Ticket, 'minted'>,
): Promise<void> {
  const notDrawnAgain = resold === 0 ? 'attribute_not_exists(#resold)' : '#resold = :resold';
  const give = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: 'ADD spare :ticket, marks :one DELETE away :ticket',
    ConditionExpression: all(isStanding, notDrawnAgain),
    ExpressionAttributeNames: { '#resold': resoldOf(ticket) },
    ExpressionAttributeValues: {
      ':ticket': new Set([ticket]),
      ...{ ':number': ticket, ':one': 1 },
      ...(resold > 0 && { ':resold': resold }),
    },
  });
  await unlessLost(table().send(give), 'lost');
}

/** Is there a ticket to draw, handed back or of a seat that was minted since? Read consistently. */
export async function hasTickets(replica: ReplicaKey): Promise<boolean> {
  const { spare, taken, minted } = await readStock(replica);
  return spare.size > 0 || taken < minted;
}

async function drawSpare(replica: ReplicaKey): Promise<Ticket | 'sold-out'> {
  const { spare, minted } = await readStock(replica);
  for (const ticket of spare) {
    const resold = await takeSpare(replica, ticket);
    if (resold !== 'lost') return { ticket, minted, resold };
  }
  return 'sold-out';
}

async function readStock(
  replica: ReplicaKey,
): Promise<{ spare: Set<number>; taken: number; minted: number }> {
  const Key = seatsKey(replica);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const { spare = new Set<number>(), taken = 0, minted = 0 } = Item ?? {};
  return { spare, taken, minted };
}

/** Draw a ticket that came back, once more: how often that was, tells this draw from any other. */
async function takeSpare(replica: ReplicaKey, ticket: number): Promise<number | 'lost'> {
  const stillSpare = 'contains(spare, :number)';
  const take = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: 'DELETE spare :ticket, suspects :ticket ADD #resold :one', // its drawer is just sitting down
    ConditionExpression: all(sellingSeats, stillSpare),
    ExpressionAttributeNames: { '#resold': resoldOf(ticket) },
    ExpressionAttributeValues: { ':ticket': new Set([ticket]), ':number': ticket, ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
  const taken = await unlessLost(table().send(take), 'lost');
  return taken === 'lost' ? 'lost' : (taken.Attributes?.[resoldOf(ticket)] as number);
}
