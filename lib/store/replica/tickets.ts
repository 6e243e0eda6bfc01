import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { canDraw } from '../../domain/meeting/seats.ts';
import { all, type Clause, when } from '../conditions.ts';
import { type ReplicaKey, regional, seatsKey } from '../keys.ts';
import { orRefusing, TableName, table, unlessConflict } from '../table.ts';
import { isStanding, resoldOf } from './retired-tickets.ts';

export interface Ticket {
  ticket: number;
  minted: number;
  /** The number of times that the ticket was returned before this draw. */
  resold: number;
}

const sellingSeats = 'attribute_exists(minted) AND attribute_not_exists(closed)';

/**
 * Draw the next ticket of a replica. The number is the seat: each is drawn once, and a replica cannot oversell. The
 * same write counts one more viewer `from` their own media region, and records the first ticket from there. `by` is a
 * unique name of this draw. If the SDK repeats a write whose response was lost, and no other draw came in between, the
 * ticket of the first attempt is returned. A draw in vain costs no read: its response has the stock.
 */
export async function drawTicket(
  replica: ReplicaKey,
  from: MediaRegion,
  by?: string,
): Promise<Ticket | 'sold-out'> {
  const seatsRemain = 'taken < minted';
  const draw = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: `${noteDraw(by, NOTE_FIRST)} ADD taken :one, #arrivals :one`,
    ...when(all(sellingSeats, seatsRemain, ...notDrawnBy(by)), {
      names: { '#arrivals': regional.arrivals.of(from), '#first': regional.first.of(from) },
      values: { ':one': 1, ':none': 0, ...(by && { ':draw': { by } }) },
    }),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const drawn = await orRefusing(table().send(draw));
  if ('refusing' in drawn) {
    const { refusing } = drawn;
    return drawReturned(replica, refusing ? stockIn(refusing) : await readStock(replica), by);
  }
  const { taken, minted } = drawn.Attributes as { taken: number; minted: number };
  return { ticket: taken - 1, minted, resold: 0 };
}

/** Records the name of the last draw. The next draw overwrites it. */
function noteDraw(by: string | undefined, ...others: string[]): string {
  const set = [...(by ? ['lastDraw = :draw'] : []), ...others];
  return `${set.length > 0 ? `SET ${set.join(', ')}` : ''}${by ? '' : ' REMOVE lastDraw'}`;
}
/** The sum is a number of its own: dynalite would let `first` and `taken` be one, and `ADD` change both. */
const NOTE_FIRST = '#first = if_not_exists(#first, taken) + :none';

function notDrawnBy(by: string | undefined): Clause[] {
  if (!by) return [];
  const expression = 'attribute_not_exists(lastDraw) OR lastDraw.#by <> :by';
  return [{ expression, names: { '#by': 'by' }, values: { ':by': by } }];
}

/**
 * Return a ticket whose seat was never handed out, so that it can be drawn again. A retired ticket stays retired. A
 * repeated write does not return a ticket that was drawn again meanwhile.
 */
export async function returnTicket(
  replica: ReplicaKey,
  { ticket, resold }: Omit<Ticket, 'minted'>,
): Promise<void> {
  const notDrawnAgain =
    resold === 0
      ? 'attribute_not_exists(#resold)'
      : { expression: '#resold = :resold', values: { ':resold': resold } };
  const give = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: 'ADD returned :ticket, marks :one DELETE away :ticket',
    ...when(all(isStanding(ticket), notDrawnAgain), {
      names: { '#resold': resoldOf(ticket) },
      values: { ':ticket': new Set([ticket]), ':one': 1 },
    }),
  });
  await unlessConflict(table().send(give), 'conflict');
}

/** Whether a ticket can be drawn: a returned one, or one of a seat minted since. Read consistently. */
export async function hasTickets(replica: ReplicaKey): Promise<boolean> {
  return canDraw(await readStock(replica));
}

async function drawReturned(replica: ReplicaKey, stock: Stock, by?: string): Promise<Ticket | 'sold-out'> {
  const ours = ownDraw(stock, by);
  if (ours) return ours;
  for (const ticket of stock.returned) {
    const resold = await takeReturned(replica, ticket, by);
    if (resold !== 'conflict') return { ticket, minted: stock.minted, resold };
    const isOurs = by !== undefined && ownDraw(await readStock(replica), by);
    if (isOurs) return isOurs;
  }
  return 'sold-out';
}

/** The ticket that the draw of this name drew, if that was the last draw. */
function ownDraw({ lastDraw, taken, minted, item }: Stock, by: string | undefined): Ticket | undefined {
  if (by === undefined || lastDraw?.by !== by) return undefined;
  const { ticket = taken - 1 } = lastDraw;
  return { ticket, minted, resold: (item[resoldOf(ticket)] as number | undefined) ?? 0 };
}

interface Stock {
  returned: Set<number>;
  taken: number;
  minted: number;
  /** `ticket` only for a returned ticket. */
  lastDraw: { by: string; ticket?: number } | undefined;
  item: Record<string, unknown>;
}

async function readStock(replica: ReplicaKey): Promise<Stock> {
  const Key = seatsKey(replica);
  const { Item = {} } = await table().send(
    new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }),
  );
  return stockIn(Item);
}

function stockIn(item: Record<string, unknown>): Stock {
  const { returned = new Set<number>(), taken = 0, minted = 0, lastDraw } = item as Partial<Stock>;
  return { returned, taken, minted, lastDraw, item };
}

/** Draw a returned ticket. Returns how often it was drawn again, which identifies this draw. */
async function takeReturned(replica: ReplicaKey, ticket: number, by?: string): Promise<number | 'conflict'> {
  const stillReturned = { expression: 'contains(returned, :number)', values: { ':number': ticket } };
  const take = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    // The ticket is no longer a leak candidate, because its new viewer is about to be assigned the seat.
    UpdateExpression: `${noteDraw(by)} DELETE returned :ticket, leakCandidates :ticket ADD #resold :one`,
    ...when(all(sellingSeats, stillReturned), {
      names: { '#resold': resoldOf(ticket) },
      values: { ':ticket': new Set([ticket]), ':one': 1, ...(by && { ':draw': { by, ticket } }) },
    }),
    ReturnValues: 'ALL_NEW',
  });
  const taken = await unlessConflict(table().send(take), 'conflict');
  return taken === 'conflict' ? 'conflict' : (taken.Attributes?.[resoldOf(ticket)] as number);
}
