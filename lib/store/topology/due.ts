import { createHash } from 'node:crypto';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lease } from '../../domain/meeting/topology.ts';
import { topologyKey } from '../keys.ts';
import { TableName, table, unlessLost } from '../table.ts';

/** The live names are spread over this many partitions of the index that the sweep reads. */
export const SWEEP_SHARDS = 8;

/** A name that the sweep is to look at, and since when. */
export interface Due {
  externalMeetingId: string;
  /** Milliseconds since the epoch. */
  sweepAt: number;
}

/** The attributes that put a topology on the sweep's list: which part of it, and when. */
export const onTheList = (externalMeetingId: string, sweepAt: number) => ({
  ':sweepShard': `SWEEP#${(createHash('sha256').update(externalMeetingId).digest()[0] ?? 0) % SWEEP_SHARDS}`,
  ':sweepAt': sweepAt,
});

/** The names of one shard that are due, the longest due first. */
export async function dueNames(shard: number, now: number, limit: number): Promise<Due[]> {
  const query = new QueryCommand({
    TableName: TableName(),
    IndexName: 'bySweep',
    KeyConditionExpression: 'sweepShard = :shard AND sweepAt <= :now',
    ExpressionAttributeValues: { ':shard': `SWEEP#${shard}`, ':now': now },
    Limit: limit,
  });
  const { Items = [] } = await table().send(query);
  return Items.map(({ pk, sweepAt }) => ({ externalMeetingId: nameOf(pk), sweepAt }));
}

/** Have the reconciler look at a name by then at the latest. One that is forgotten has nothing to look at. */
export async function putOnList(externalMeetingId: string, at: number): Promise<void> {
  const command = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: 'SET sweepShard = :sweepShard, sweepAt = :sweepAt',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(sweepAt) OR sweepAt > :sweepAt)',
    ExpressionAttributeValues: onTheList(externalMeetingId, at),
  });
  await unlessLost(table().send(command), 'lost');
}

/**
 * Win the right to sweep a name until then. Of two sweeps at once, one does. A right that is `owner`'s already counts as won: the
 * write was repeated for want of an answer.
 */
export async function takeSweep(
  { externalMeetingId, sweepAt }: Due,
  { owner, until }: Lease,
): Promise<'taken' | 'lost'> {
  const done = await move(externalMeetingId, {
    update: 'SET sweepAt = :until, sweptBy = :owner',
    condition: 'sweepAt = :seen OR (sweepAt = :until AND sweptBy = :owner)',
    values: { ':seen': sweepAt, ':until': until, ':owner': owner },
  });
  return done === 'lost' ? 'lost' : 'taken';
}

/** Say when to look at the name again; `never` until it opens meetings again. Unless somebody said otherwise meanwhile. */
export async function finishSweep(
  { externalMeetingId, sweepAt }: Due,
  next: number | 'never',
): Promise<void> {
  const update =
    next === 'never' ? 'REMOVE sweepAt, sweptBy, sweepShard' : 'SET sweepAt = :next REMOVE sweptBy';
  await move(externalMeetingId, {
    update,
    condition: 'sweepAt = :seen',
    values: { ':seen': sweepAt, ...(next !== 'never' && { ':next': next }) },
  });
}

async function move(
  externalMeetingId: string,
  { update, condition, values }: { update: string; condition: string; values: Record<string, unknown> },
) {
  const command = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
  });
  return unlessLost(table().send(command), 'lost');
}

const nameOf = (pk: string) => pk.slice('MEETING#'.length);
