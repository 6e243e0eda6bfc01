import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { quotaKey } from './keys.ts';
import { expiresAt, TableName, table, unlessConflict } from './table.ts';

/** When a call may be made: after `waitMs`, for it is reserved; or not now, ask again after `retryAfterMs`. */
export type Permit = { waitMs: number } | { retryAfterMs: number };

/**
 * So many calls of the burst are never given out. Our bucket counts from when a call is reserved, Chime's from when it
 * arrives: the first may be on its way for longer than those behind it, and the same calls are closer together there.
 */
const HELD_BACK = 2;

/**
 * Reserve a call of one Chime operation under the account's quota, where all Lambdas see it. The bucket is kept
 * as one number, the time until which the quota is spoken for (a "theoretical arrival time", as in the
 * generic cell rate algorithm, https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm), so that a
 * reservation is one conditional write. Of many who find the bucket full one starts it, and the others stand in
 * line behind that one. Nothing is reserved where the wait would exceed `maxWaitMs`.
 */
export async function reservePermit(
  operation: string,
  { now, maxWaitMs }: { now: number; maxWaitMs: number },
): Promise<Permit> {
  const { cost, slack } = bucket();
  const latest = Math.max(now, now + slack + maxWaitMs - cost);
  const inLine = () => queue(operation, { now, cost, latest });
  const spokenUntil = (await inLine()) ?? (await start(operation, now, cost)) ?? (await inLine());
  if (spokenUntil === undefined) return { retryAfterMs: maxWaitMs + cost };
  return { waitMs: Math.max(0, spokenUntil - now - slack) };
}

/** In how many milliseconds a call of this operation could be made at once, as the bucket stands now. */
export async function quotaFreeIn(operation: string, now: number): Promise<number> {
  const Key = quotaKey(settings().controlRegion, operation);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const { cost, slack } = bucket();
  return Math.max(0, ((Item?.spokenUntil as number | undefined) ?? 0) + cost - now - slack);
}

/** What one call costs of the bucket, and how far ahead of the clock it may be spoken for without a wait (ms). */
function bucket() {
  const { chimeBurst, chimeRatePerSecond } = settings();
  const calls = Math.max(1, chimeBurst - HELD_BACK);
  return {
    cost: Math.ceil(1000 / chimeRatePerSecond),
    slack: Math.floor((calls * 1000) / chimeRatePerSecond),
  };
}

/** The bucket is in use: stand in line behind the others, if the line is short enough. */
async function queue(operation: string, at: { now: number; cost: number; latest: number }) {
  return reserve(operation, {
    update: 'SET spokenUntil = spokenUntil + :cost, expiresAt = :expiresAt',
    condition: 'spokenUntil > :now AND spokenUntil <= :latest',
    values: { ':now': at.now, ':cost': at.cost, ':latest': at.latest, ':expiresAt': expiresAt(at.now) },
  });
}

/** The bucket is full: start from now. */
async function start(operation: string, now: number, cost: number) {
  return reserve(operation, {
    update: 'SET spokenUntil = :until, expiresAt = :expiresAt',
    condition: 'attribute_not_exists(spokenUntil) OR spokenUntil <= :now',
    values: { ':now': now, ':until': now + cost, ':expiresAt': expiresAt(now) },
  });
}

async function reserve(
  operation: string,
  write: { update: string; condition: string; values: Record<string, number> },
): Promise<number | undefined> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: quotaKey(settings().controlRegion, operation),
    UpdateExpression: write.update,
    ConditionExpression: write.condition,
    ExpressionAttributeValues: write.values,
    ReturnValues: 'ALL_NEW',
  });
  const done = await unlessConflict(table().send(update), 'conflict');
  return done === 'conflict' ? undefined : (done.Attributes?.spokenUntil as number);
}
