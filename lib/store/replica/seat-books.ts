import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lease } from '../../domain/meeting/topology.ts';
import { type Counts, versionOf } from '../../domain/reconcile/counts.ts';
import { readAll } from '../batch.ts';
import { all, type Clause, when } from '../conditions.ts';
import { type ReplicaKey, seatsKey } from '../keys.ts';
import { outcome, TableName, table, unlessConflict } from '../table.ts';
import { retiredOf } from './retired-tickets.ts';

/** The counts of one replica with all its sets, read consistently; undefined if there are none. */
export async function readCounts(replica: ReplicaKey): Promise<Counts | undefined> {
  const Key = seatsKey(replica);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item && countsOf(Item);
}

/** The counts of these replicas with all their sets, in their order, read consistently; undefined for one without counts. */
export async function readBooks(replicas: readonly ReplicaKey[]): Promise<(Counts | undefined)[]> {
  return inOrder(replicas, await readAll(replicas.map(seatsKey), { ConsistentRead: true }));
}

/** The same as they were a moment ago, for a screening. */
export async function glanceAtBooks(replicas: readonly ReplicaKey[]): Promise<(Counts | undefined)[]> {
  return inOrder(replicas, await readAll(replicas.map(seatsKey)));
}

function inOrder(replicas: readonly ReplicaKey[], items: Awaited<ReturnType<typeof readAll>>) {
  const byKey = new Map(items.map((item) => [item.pk, item]));
  return replicas.map((replica) => {
    const item = byKey.get(seatsKey(replica).pk);
    return item && countsOf(item);
  });
}

function countsOf(item: Record<string, unknown>): Counts {
  const none = new Set<number>();
  const { taken, minted, ...rest } = item as Pick<Counts, 'taken' | 'minted'> & Partial<Counts>;
  const { returned = none, away = none, leakCandidates = none, leaksNotedAt = 0 } = rest;
  const { countedAt = 0, countedAs, marks = 0, vacated = 0 } = rest;
  const sets = { returned, away, leakCandidates, retired: retiredOf(item) };
  const counted = { countedAt, ...(countedAs !== undefined && { countedAs }) };
  return { taken, minted, ...sets, leaksNotedAt, ...counted, marks, vacated };
}

/** Record the leak candidates: drawn tickets without a holder, for the next reconciler pass to compare. */
export async function noteLeakCandidates(
  replica: ReplicaKey,
  leakCandidates: number[],
  now: number,
): Promise<void> {
  const some = leakCandidates.length > 0;
  await change(replica, {
    update: some
      ? 'SET leakCandidates = :leakCandidates, leaksNotedAt = :now'
      : 'REMOVE leakCandidates, leaksNotedAt',
    condition: 'attribute_exists(pk)',
    ...(some && { values: { ':leakCandidates': new Set(leakCandidates), ':now': now } }),
  });
}

/**
 * Correct which tickets are away, from participants' records that were read after these counts. `conflict`: a ticket
 * was marked, returned or retired since, so the records may be older.
 */
export async function repairAway(
  replica: ReplicaKey,
  { read, away, now }: { read: Counts; away: number[]; now: number },
): Promise<'repaired' | 'conflict'> {
  const isAsRead = (name: 'marks' | 'vacated'): Clause => {
    if (read[name] === 0) return `attribute_not_exists(${name})`;
    return { expression: `${name} = :${name}`, values: { [`:${name}`]: read[name] } };
  };
  const some = away.length > 0;
  const write = change(replica, {
    update: `SET countedAt = :now, countedAs = :version${some ? ', away = :away' : ' REMOVE away'}`,
    condition: all('attribute_exists(pk)', isAsRead('marks'), isAsRead('vacated')),
    values: { ':now': now, ':version': versionOf(read), ...(some && { ':away': new Set(away) }) },
  });
  return outcome(write, 'repaired', 'conflict');
}

/** The right to add seats to a replica. Writes of an earlier holder conflict once a later one has written. */
export interface Growth {
  lease: Lease;
  fence: number;
}

/**
 * Win the right to add seats to a replica. One request at a time: two would mint beyond its capacity. A right that
 * is already ours counts as won, because the SDK may have repeated the write.
 */
export async function takeGrowth(
  replica: ReplicaKey,
  lease: Lease,
  now: number,
): Promise<Growth | 'conflict'> {
  const free = {
    expression: 'attribute_not_exists(growth) OR growth.#until <= :now OR growth.#owner = :owner',
    names: { '#until': 'until', '#owner': 'owner' },
    values: { ':owner': lease.owner, ':now': now },
  };
  const done = await change(replica, {
    update: 'SET growth = :lease ADD fence :one',
    condition: all('attribute_exists(pk)', free),
    values: { ':lease': lease, ':one': 1 },
    returns: 'UPDATED_NEW',
  });
  return done === 'conflict' ? 'conflict' : { lease, fence: done.Attributes?.fence as number };
}

/**
 * Put newly minted seats on sale and release the right to add seats, if it is still ours. With `by` 0 it is only
 * released. After a conflict the counts tell whether the SDK repeated a write that was done.
 */
export async function finishGrowth(
  replica: ReplicaKey,
  { lease, fence }: Growth,
  by: number,
): Promise<'grown' | 'conflict'> {
  const done = await change(replica, {
    update: 'SET grownBy = :fence ADD minted :by REMOVE growth',
    condition: 'growth.#owner = :owner AND fence = :fence',
    names: { '#owner': 'owner' },
    values: { ':by': by, ':owner': lease.owner, ':fence': fence },
  });
  if (done !== 'conflict') return 'grown';
  const Key = seatsKey(replica);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item?.grownBy === fence ? 'grown' : 'conflict';
}

async function change(
  replica: ReplicaKey,
  write: {
    update: string;
    condition: Clause;
    names?: Record<string, string>;
    values?: Record<string, unknown>;
    returns?: 'UPDATED_NEW';
  },
) {
  const command = new UpdateCommand({
    TableName: TableName(),
    Key: seatsKey(replica),
    UpdateExpression: write.update,
    ...when(write.condition, write),
    ...(write.returns && { ReturnValues: write.returns }),
  });
  return unlessConflict(table().send(command), 'conflict');
}
