import { createHash } from 'node:crypto';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lease } from '../../domain/meeting/topology.ts';
import { topologyKey } from '../keys.ts';
import { outcome, TableName, table, unlessConflict } from '../table.ts';

/** The live names are spread over this many partitions of the index that the reconciler reads. */
export const RECONCILE_SHARDS = 8;

/** A name that is due for the reconciler, and since when. */
export interface Due {
  externalMeetingId: string;
  /** Milliseconds since the Unix epoch. */
  reconcileAt: number;
}

/** The values that make a topology due for the reconciler: its shard of the index, and the time. */
export const onTheList = (externalMeetingId: string, reconcileAt: number) => ({
  ':reconcileShard': `RECONCILE#${(createHash('sha256').update(externalMeetingId).digest()[0] ?? 0) % RECONCILE_SHARDS}`,
  ':reconcileAt': reconcileAt,
});

/** The names of one shard that are due, the longest overdue first. */
export async function dueNames(shard: number, now: number, limit: number): Promise<Due[]> {
  const query = new QueryCommand({
    TableName: TableName(),
    IndexName: 'byReconcileAt',
    KeyConditionExpression: 'reconcileShard = :shard AND reconcileAt <= :now',
    ExpressionAttributeValues: { ':shard': `RECONCILE#${shard}`, ':now': now },
    Limit: limit,
  });
  const { Items = [] } = await table().send(query);
  return Items.map(({ pk, reconcileAt }) => ({ externalMeetingId: nameOf(pk), reconcileAt }));
}

/** All names of one shard that the reconciler visits, now or later: those that have meetings, leftovers or drains. */
export async function namesOnList(shard: number): Promise<string[]> {
  const names: string[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const query = new QueryCommand({
      TableName: TableName(),
      IndexName: 'byReconcileAt',
      KeyConditionExpression: 'reconcileShard = :shard',
      ExpressionAttributeValues: { ':shard': `RECONCILE#${shard}` },
      ...(after && { ExclusiveStartKey: after }),
    });
    const { Items = [], LastEvaluatedKey } = await table().send(query);
    names.push(...Items.map(({ pk }) => nameOf(pk)));
    after = LastEvaluatedKey;
  } while (after);
  return names;
}

/**
 * Make a name due for the reconciler at this time, or earlier if it already is. No effect on a name without a
 * record.
 */
export async function putOnList(externalMeetingId: string, at: number): Promise<void> {
  const command = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: 'SET reconcileShard = :reconcileShard, reconcileAt = :reconcileAt',
    ConditionExpression:
      'attribute_exists(pk) AND (attribute_not_exists(reconcileAt) OR reconcileAt > :reconcileAt)',
    ExpressionAttributeValues: onTheList(externalMeetingId, at),
  });
  await unlessConflict(table().send(command), 'conflict');
}

/**
 * Win the right to reconcile a name until the lease ends. Of two concurrent passes, one wins. A right that `owner`
 * already has counts as won, because the SDK repeats a write whose response was lost.
 */
export async function takePass(
  { externalMeetingId, reconcileAt }: Due,
  { owner, until }: Lease,
): Promise<'taken' | 'conflict'> {
  const write = move(externalMeetingId, {
    update: 'SET reconcileAt = :until, sweptBy = :owner',
    condition: 'reconcileAt = :seen OR (reconcileAt = :until AND sweptBy = :owner)',
    values: { ':seen': reconcileAt, ':until': until, ':owner': owner },
  });
  return outcome(write, 'taken', 'conflict');
}

/**
 * Set when the name is due next; `never` removes it from the list until it opens meetings again. No effect if
 * another write changed the due time meanwhile.
 */
export async function finishPass(
  { externalMeetingId, reconcileAt }: Due,
  next: number | 'never',
): Promise<void> {
  const update =
    next === 'never'
      ? 'REMOVE reconcileAt, sweptBy, reconcileShard'
      : 'SET reconcileAt = :next REMOVE sweptBy';
  await move(externalMeetingId, {
    update,
    condition: 'reconcileAt = :seen',
    values: { ':seen': reconcileAt, ...(next !== 'never' && { ':next': next }) },
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
  return unlessConflict(table().send(command), 'conflict');
}

const nameOf = (pk: string) => pk.slice('MEETING#'.length);
