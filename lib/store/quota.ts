import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { bucketOf, freeInMs } from '../domain/crowd/bucket.ts';
import type { Competitor, Competitors } from '../domain/crowd/fair-wait.ts';
import { settings } from '../settings.ts';
import { opensIn, opensOf, quotaKey } from './keys.ts';
import { expiresAt, TableName, table, unlessConflict } from './table.ts';

/**
 * The outcome of a reservation. `waitMs`: the call is reserved and may be made after this wait. `retryAfterMs`:
 * nothing is reserved, and the caller may ask again after this time.
 */
export type Permit = { waitMs: number } | { retryAfterMs: number };

/** The same for several calls: `waitsMs` has the wait of each. */
export type Permits = { waitsMs: number[] } | { retryAfterMs: number };

/** A name that reserves the permits of a replica, and the recorded names that no longer do. */
export interface Opener {
  externalMeetingId: string;
  competitor: Competitor;
  past: string[];
}

interface Wanted {
  now: number;
  /** The last call is reserved at most so far ahead (milliseconds). */
  maxWaitMs: number;
  /** Recorded with the reservation. */
  opener?: Opener;
}

/**
 * Reserve a call of one Chime operation under the account's quota, shared by all Lambdas. The bucket is stored as
 * one number: the time until which the quota is reserved. It is the "theoretical arrival time" of the generic cell
 * rate algorithm (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm), so that a reservation is one
 * conditional write. If several requests find the bucket full, one of them starts it and the others queue behind
 * that reservation. Nothing is reserved if the wait would exceed `maxWaitMs`.
 */
export async function reservePermit(operation: string, wanted: Wanted): Promise<Permit> {
  const permits = await reservePermits(operation, 1, wanted);
  return 'retryAfterMs' in permits ? permits : { waitMs: permits.waitsMs[0] as number };
}

/** The same for several calls of an operation: all of them are reserved in one write, or none. */
export async function reservePermits(operation: string, calls: number, wanted: Wanted): Promise<Permits> {
  const { now, maxWaitMs, opener } = wanted;
  const { cost, slack } = bucketOf(rate());
  const latest = Math.max(now, now + slack + maxWaitMs - calls * cost);
  const step = { now, stepMs: calls * cost, latest, opener };
  const queued = () => queue(operation, step);
  const spokenUntil = (await queued()) ?? (await start(operation, step)) ?? (await queued());
  if (spokenUntil === undefined) return { retryAfterMs: maxWaitMs + cost };
  const behind = Array.from({ length: calls }, (_, call) => (calls - 1 - call) * cost);
  return { waitsMs: behind.map((ms) => Math.max(0, spokenUntil - ms - now - slack)) };
}

/** How many milliseconds from now a call of this operation could be made without a wait. */
export async function quotaFreeIn(operation: string, now: number): Promise<number> {
  const { spokenUntil } = await readQuota(operation);
  return freeInMs({ spokenUntil, rate: rate() }, 1, now);
}

/** The quota of an operation as it was read. */
export interface Quota {
  /** The time until which it is reserved (milliseconds since the epoch). */
  spokenUntil: number;
  competitors: Competitors;
}

/** Read how far ahead an operation is reserved, and which names opened replicas lately. */
export async function readQuota(operation: string): Promise<Quota> {
  const Key = quotaKey(settings().controlRegion, operation);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return quotaIn(Item);
}

/** The quota in its item. Without one, nothing is reserved. */
export function quotaIn(item: Record<string, unknown> = {}): Quota {
  const { spokenUntil = 0 } = item as { spokenUntil?: number };
  return { spokenUntil, competitors: competitorsIn(item) };
}

function competitorsIn(item: Record<string, unknown>): Competitors {
  const entries = Object.entries(item).map(([attribute, value]) => [opensIn(attribute), value] as const);
  return Object.fromEntries(entries.filter(([name]) => name !== undefined));
}

const rate = () => {
  const { chimeBurst: burst, chimeRatePerSecond: ratePerSecond } = settings();
  return { burst, ratePerSecond };
};

/** A reservation: when, how far it moves the bucket on, and from what at the latest (milliseconds). */
interface Step {
  now: number;
  stepMs: number;
  latest: number;
  opener: Opener | undefined;
}

/** Reserve behind the earlier reservations of a bucket that is in use, unless the wait is too long. */
async function queue(operation: string, step: Step) {
  return reserve(operation, step, {
    update: 'spokenUntil = spokenUntil + :step',
    condition: 'spokenUntil > :now AND spokenUntil <= :latest',
    values: { ':now': step.now, ':step': step.stepMs, ':latest': step.latest },
  });
}

/** Reserve the first calls of a full bucket, from now. */
async function start(operation: string, step: Step) {
  return reserve(operation, step, {
    update: 'spokenUntil = :until',
    condition: 'attribute_not_exists(spokenUntil) OR spokenUntil <= :now',
    values: { ':now': step.now, ':until': step.now + step.stepMs },
  });
}

async function reserve(
  operation: string,
  { now, opener }: Step,
  write: { update: string; condition: string; values: Record<string, number> },
): Promise<number | undefined> {
  const noted = opener && noteOf(opener);
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: quotaKey(settings().controlRegion, operation),
    UpdateExpression: `SET ${write.update}, expiresAt = :expiresAt${noted?.update ?? ''}`,
    ConditionExpression: write.condition,
    ExpressionAttributeValues: { ...write.values, ':expiresAt': expiresAt(now), ...noted?.values },
    ...(noted && { ExpressionAttributeNames: noted.names }),
    ReturnValues: 'UPDATED_NEW',
  });
  const done = await unlessConflict(table().send(update), 'conflict');
  return done === 'conflict' ? undefined : (done.Attributes?.spokenUntil as number);
}

/** The part of the write that records the opener, and deletes those that are past. */
function noteOf({ externalMeetingId, competitor, past }: Opener) {
  const names = past
    .filter((name) => name !== externalMeetingId)
    .map((name, k) => [`#past${k}`, opensOf(name)]);
  const remove = names.length > 0 ? ` REMOVE ${names.map(([placeholder]) => placeholder).join(', ')}` : '';
  return {
    update: `, #opens = :opens${remove}`,
    names: { '#opens': opensOf(externalMeetingId), ...Object.fromEntries(names) },
    values: { ':opens': competitor },
  };
}
