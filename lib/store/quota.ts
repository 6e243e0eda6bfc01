import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { quotaKey } from './keys.ts';
import { expiresAt, TableName, table, unlessConflict } from './table.ts';

/**
 * The outcome of a reservation. `waitMs`: the call is reserved and may be made after this wait. `retryAfterMs`:
 * nothing is reserved, and the caller may ask again after this time.
 */
export type Permit = { waitMs: number } | { retryAfterMs: number };

/**
 * This many calls of the burst are never given out. Our bucket counts a call when it is reserved, Chime when it
 * arrives. If the first call is delayed on its way, the same calls arrive closer together at Chime.
 */
const HELD_BACK = 2;

/**
 * Reserve a call of one Chime operation under the account's quota, shared by all Lambdas. The bucket is stored as
 * one number: the time until which the quota is reserved. It is the "theoretical arrival time" of the generic cell
 * rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm), so that a reservation is one
 * conditional write. If several requests find the bucket full, one of them starts it and the others queue behind
 * that reservation. Nothing is reserved if the wait would exceed `maxWaitMs`.
 */
export async function reservePermit(
  operation: string,
  { now, maxWaitMs }: { now: number; maxWaitMs: number },
): Promise<Permit> {
  const { cost, slack } = bucket();
  const latest = Math.max(now, now + slack + maxWaitMs - cost);
  const queued = () => queue(operation, { now, cost, latest });
  const spokenUntil = (await queued()) ?? (await start(operation, now, cost)) ?? (await queued());
  if (spokenUntil === undefined) return { retryAfterMs: maxWaitMs + cost };
  return { waitMs: Math.max(0, spokenUntil - now - slack) };
}

/** How many milliseconds from now a call of this operation could be made without a wait. */
export async function quotaFreeIn(operation: string, now: number): Promise<number> {
  const Key = quotaKey(settings().controlRegion, operation);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const { cost, slack } = bucket();
  return Math.max(0, ((Item?.spokenUntil as number | undefined) ?? 0) + cost - now - slack);
}

/** The cost of one call, and how far ahead of the clock calls may be reserved without a wait (both in ms). */
function bucket() {
  const { chimeBurst, chimeRatePerSecond } = settings();
  const calls = Math.max(1, chimeBurst - HELD_BACK);
  return {
    cost: Math.ceil(1000 / chimeRatePerSecond),
    slack: Math.floor((calls * 1000) / chimeRatePerSecond),
  };
}

/** Reserve behind the earlier reservations of a bucket that is in use, unless the wait is too long. */
async function queue(operation: string, at: { now: number; cost: number; latest: number }) {
  return reserve(operation, {
    update: 'SET spokenUntil = spokenUntil + :cost, expiresAt = :expiresAt',
    condition: 'spokenUntil > :now AND spokenUntil <= :latest',
    values: { ':now': at.now, ':cost': at.cost, ':latest': at.latest, ':expiresAt': expiresAt(at.now) },
  });
}

/** Reserve the first call of a full bucket, from now. */
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
