import { createHash } from 'node:crypto';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lease } from '../../domain/meeting/topology.ts';
import { topologyKey } from '../keys.ts';
import { TableName, table, unlessConflict } from '../table.ts';

/** The live names are spread over this many partitions of the index that the reconciler reads. */
export const RECONCILE_SHARDS = 8;

/** A name that the reconciler is to look at, and since when. */
export interface Due {
  externalMeetingId: string;
  /** Milliseconds since the epoch. */
  reconcileAt: number;
}

/** The attributes that put a topology on the reconciler's list: which part of it, and when. */
export const onTheList = (externalMeetingId: string, reconcileAt: number) => ({
  ':reconcileShard': `RECONCILE#${(createHash('sha256').update(externalMeetingId).digest()[0] ?? 0) % RECONCILE_SHARDS}`,
  ':reconcileAt': reconcileAt,
});

/** The names of one shard that are due, the longest due first. */
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

/** Have the reconciler look at a name by then at the latest. One that is forgotten has nothing to look at. */
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
 * Win the right to reconcile a name until then. Of two passes at once, one does. A right that is `owner`'s already counts as won: the
 * write was repeated for want of an answer.
 */
export async function takePass(
  { externalMeetingId, reconcileAt }: Due,
  { owner, until }: Lease,
): Promise<'taken' | 'conflict'> {
  const done = await move(externalMeetingId, {
    update: 'SET reconcileAt = :until, sweptBy = :owner',
    condition: 'reconcileAt = :seen OR (reconcileAt = :until AND sweptBy = :owner)',
    values: { ':seen': reconcileAt, ':until': until, ':owner': owner },
  });
  return done === 'conflict' ? 'conflict' : 'taken';
}

/** Say when to look at the name again; `never` until it opens meetings again. Unless somebody said otherwise meanwhile. */
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
