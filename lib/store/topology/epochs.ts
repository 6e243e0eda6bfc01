import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lease, Topology } from '../../domain/meeting/topology.ts';
import { all, any, type Clause, when } from '../conditions.ts';
import { topologyKey } from '../keys.ts';
import { outcome, TableName, table, unlessConflict } from '../table.ts';
import { isEnded, primaryAsRead, primaryClaimIsOurs, primaryIs, sameEpoch } from './clauses.ts';
import { onTheList } from './due.ts';
import { topologyExpiresAt } from './expiry.ts';
import { listedFrom, listedUnder, toStatusList } from './status-index.ts';
import { toTopology } from './topologies.ts';
import { allDrains, changeTopology, drainNames } from './topology-writes.ts';

const freshLife = '#status = :scheduled, epoch = :next, replicas = :none';
const oldLife = '#primary, stage, nextOrdinal, learnedLimit';

type LastAudience = Topology['lastAudience'] | undefined;

/** The part of an update that records the last audience. Undefined: the recorded one stays. */
const audience = (lastAudience: LastAudience) => ({
  set: lastAudience ? ', lastAudience = :lastAudience' : '',
  values: lastAudience ? { ':lastAudience': lastAudience } : {},
});

/**
 * Begin the next epoch after the primary died, if it is still the primary of this epoch. The same write records the last
 * audience, so it counts each life once.
 */
export async function openEpoch(
  topology: Topology,
  deadPrimaryId: string,
  lastAudience?: LastAudience,
): Promise<void> {
  await beginNext(topology, [primaryIs(deadPrimaryId)], lastAudience);
}

/**
 * Begin the next epoch after the stage was empty, if it is still empty since the same instant: a presenter who
 * returns clears that instant. `conflict`: the stage is not empty since then, or the epoch has moved on.
 */
export async function openEpochEmpty(
  topology: Topology,
  emptySince: number,
  lastAudience?: LastAudience,
): Promise<'begun' | 'conflict'> {
  const emptySinceThen = { expression: '#primary.emptySince = :since', values: { ':since': emptySince } };
  return beginNext(topology, [primaryAsRead(topology), emptySinceThen], lastAudience);
}

/**
 * Mark a name as ended, whatever its state. From then on nothing of it is opened or entered. Returns the topology
 * that was ended, so that the caller tears down exactly that. Idempotent.
 */
export async function markEnded(externalMeetingId: string, now: number): Promise<Topology | 'unknown-name'> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: `SET #status = :ended, reconcileShard = :reconcileShard, reconcileAt = :reconcileAt, ${toStatusList}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':ended': 'ended',
      ...onTheList(externalMeetingId, now),
      ...listedUnder('ended', externalMeetingId, now),
    },
    ReturnValues: 'ALL_NEW',
  });
  const done = await unlessConflict(table().send(update), 'unknown-name');
  return done === 'unknown-name' ? done : toTopology(done.Attributes as Record<string, unknown>);
}

/** The options of the next incarnation, and the last audience as of the life before it. */
type NextLife = Pick<Topology, 'options' | 'incarnation'> & { lastAudience?: LastAudience };

/**
 * Begin the next incarnation of an ended name with these options. Hands are down in it, and drains are lifted; bans stay. `conflict`: the
 * name was not ended, or another request was faster. If the incarnation is already this one, it counts as reopened,
 * because the SDK repeats a write whose response was lost.
 */
export async function reopen(
  topology: Topology,
  { options, incarnation, lastAudience }: NextLife,
  now: number,
): Promise<'reopened' | 'conflict'> {
  const isOurs =
    'epoch = :next AND incarnation = :incarnation AND #status = :scheduled AND attribute_not_exists(#primary)';
  const incarnatedAt = Math.max(now, topology.incarnatedAt + 1); // increases even if the clock of the container is behind
  const values = {
    ':scheduled': 'scheduled',
    ':next': topology.epoch + 1,
    ':none': {},
    ':options': options,
    ':incarnation': incarnation,
    ':incarnatedAt': incarnatedAt,
    ...listedUnder('scheduled', topology.externalMeetingId, listedFrom({ options, incarnatedAt })),
    ':expiresAt': topologyExpiresAt({ options }, now),
    ...audience(lastAudience).values,
  };
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(topology.externalMeetingId),
    UpdateExpression: `SET ${freshLife}, options = :options, incarnation = :incarnation, incarnatedAt = :incarnatedAt, expiresAt = :expiresAt, statusShard = :statusShard, statusAt = :statusAt${audience(lastAudience).set} REMOVE liveSince, captions, ${allDrains}, ${oldLife}`,
    ...when(any(all(sameEpoch(topology), isEnded), isOurs), {
      names: { '#primary': 'primary', ...drainNames },
      values,
    }),
  });
  return outcome(table().send(update), 'reopened', 'conflict');
}

/**
 * Remove the meetings of an ended name from its topology, after they were deleted at Chime. The same write records the last
 * audience. Without replicas on record, a later one reads no arrivals, so it counts each life once.
 */
export async function forgetMeetings(topology: Topology, lastAudience?: LastAudience): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(topology.externalMeetingId),
    UpdateExpression: `SET replicas = :none${audience(lastAudience).set} REMOVE ${oldLife}`,
    ...when(all(sameEpoch(topology), isEnded), {
      names: { '#primary': 'primary' },
      values: { ':none': {}, ...audience(lastAudience).values },
    }),
  });
  await unlessConflict(table().send(update), 'conflict');
}

/**
 * Begin the next epoch after a primary was deleted at Chime before it was published, if the claim on it is ours. Its
 * request token is used up.
 */
export async function openEpochClaimed(topology: Topology, lease: Lease): Promise<void> {
  await beginNext(topology, [primaryClaimIsOurs(lease)]);
}

/** Begin the next epoch of a name that is not ended, if the clauses hold for its current primary. */
async function beginNext(
  topology: Topology,
  clauses: Clause[],
  lastAudience?: LastAudience,
): Promise<'begun' | 'conflict'> {
  const write = changeTopology(topology, {
    update: `SET ${freshLife}, ${toStatusList}${audience(lastAudience).set} REMOVE ${oldLife}`,
    clauses,
    names: { '#primary': 'primary' },
    values: {
      ...{ ':scheduled': 'scheduled', ':next': topology.epoch + 1, ':none': {} },
      ...listedUnder('scheduled', topology.externalMeetingId, listedFrom(topology)),
      ...audience(lastAudience).values,
    },
  });
  return outcome(write, 'begun', 'conflict');
}
