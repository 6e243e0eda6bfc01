import { createHash } from 'node:crypto';
import { QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Lease, Topology } from '../../domain/meeting/topology.ts';
import { topologyKey } from '../keys.ts';
import { TableName, table, unlessConflict } from '../table.ts';
import { toTopology } from './topologies.ts';

/** The live names are spread over this many partitions of the index that the reconciler reads. */
export const RECONCILE_SHARDS = 8;

/** No due time: a name with this `calmUntil` is looked at before calm names. */
const NOT_CALM = 0;

/** A name on the reconciler's list, and when it is due. */
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

/** All names of one shard that the reconciler visits, now or later, by their due time: those that have meetings, leftovers or drains. */
export async function namesOnList(shard: number): Promise<Due[]> {
  const names: Due[] = [];
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
    names.push(...Items.map(({ pk, reconcileAt }) => ({ externalMeetingId: nameOf(pk), reconcileAt })));
    after = LastEvaluatedKey;
  } while (after);
  return names;
}

/**
 * Make a name due for the reconciler at this time, before calm names. A name that is in trouble already stays due when it was. No effect on a name without a
 * record.
 */
export async function putOnList(externalMeetingId: string, at: number): Promise<void> {
  const command = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression:
      'SET reconcileShard = :reconcileShard, reconcileAt = :reconcileAt, calmUntil = :notCalm',
    ConditionExpression:
      'attribute_exists(pk) AND (attribute_not_exists(reconcileAt) OR reconcileAt > :reconcileAt OR attribute_not_exists(calmUntil) OR calmUntil <> :notCalm)',
    ExpressionAttributeValues: { ...onTheList(externalMeetingId, at), ':notCalm': NOT_CALM },
  });
  await unlessConflict(table().send(command), 'conflict');
}

/**
 * Win the right to reconcile a name until the lease ends. Returns the topology, as it is after this write. Of two
 * concurrent passes, one wins. A right that `owner` already has counts as won, because the SDK repeats a write whose
 * response was lost.
 */
export async function takePass(
  { externalMeetingId, reconcileAt }: Due,
  { owner, until }: Lease,
): Promise<Topology | 'conflict'> {
  const done = await move(externalMeetingId, {
    update: 'SET reconcileAt = :until, sweptBy = :owner',
    condition: 'reconcileAt = :seen OR (reconcileAt = :until AND sweptBy = :owner)',
    values: { ':seen': reconcileAt, ':until': until, ':owner': owner },
    returns: 'ALL_NEW',
  });
  return done === 'conflict' ? 'conflict' : toTopology(done.Attributes ?? {});
}

/** What a look at a name planned: when to look again, and whether there was nothing to repair. */
export interface Plan {
  next: number;
  isCalm: boolean;
}

/** How a look ended: its plan, and the instant before Chime was asked, so that what happens during a look is seen by the next one. */
export interface Looked extends Plan {
  lookedAt: number;
}

const PLANNED = 'SET reconcileAt = :next, calmUntil = :calmUntil, lookedAt = :lookedAt';
const planned = ({ next, isCalm, lookedAt }: Looked) => ({
  ':next': next,
  ':calmUntil': isCalm ? next : NOT_CALM,
  ':lookedAt': lookedAt,
});

/**
 * Set when the name is due next, after a look under a lease; `never` removes it from the list until it opens meetings again. No
 * effect if another write changed the due time meanwhile.
 */
export async function finishPass(
  { externalMeetingId, reconcileAt }: Due,
  looked: Looked | 'never',
): Promise<void> {
  await move(externalMeetingId, {
    update:
      looked === 'never'
        ? 'REMOVE reconcileAt, sweptBy, reconcileShard, lookedAt, lookedBy, calmUntil'
        : `${PLANNED} REMOVE sweptBy, lookedBy`,
    condition: 'reconcileAt = :seen',
    values: { ':seen': reconcileAt, ...(looked !== 'never' && planned(looked)) },
  });
}

/**
 * Set when the name is due next, after a look without a lease. `conflict`: nothing was written, because another write changed the due
 * time meanwhile. `by` is a unique name of this look: its own write, repeated after a lost response, is no conflict.
 */
export async function finishLook(
  { externalMeetingId, reconcileAt }: Due,
  looked: Looked,
  by: string,
): Promise<'finished' | 'conflict'> {
  const done = await move(externalMeetingId, {
    update: `${PLANNED}, lookedBy = :by REMOVE sweptBy`,
    condition: 'reconcileAt = :seen OR (reconcileAt = :next AND lookedBy = :by)',
    values: { ':seen': reconcileAt, ':by': by, ...planned(looked) },
  });
  return done === 'conflict' ? 'conflict' : 'finished';
}

async function move(
  externalMeetingId: string,
  {
    update,
    condition,
    values,
    returns,
  }: {
    update: string;
    condition: string;
    values: Record<string, unknown>;
    returns?: UpdateCommandInput['ReturnValues'];
  },
) {
  const command = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
    ...(returns && { ReturnValues: returns }),
  });
  return unlessConflict(table().send(command), 'conflict');
}

const nameOf = (pk: string) => pk.slice('MEETING#'.length);
