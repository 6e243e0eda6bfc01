import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { perName } from '../../container.ts';
import { nextOrdinal } from '../../domain/meeting/ordinals.ts';
import {
  isLive,
  type PrimaryMeeting,
  type Replica,
  startsAt,
  type Topology,
  type TopologyOptions,
} from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';
import { all, when } from '../conditions.ts';
import { regional, topologyKey } from '../keys.ts';
import { outcome, TableName, table } from '../table.ts';
import { notEnded } from './clauses.ts';
import { topologyExpiresAt } from './expiry.ts';
import { listedFrom, listedUnder, statusPosition } from './status-index.ts';
import { forgotten, forgottenNames } from './topology-writes.ts';

/** A topology as it was read, and when (milliseconds since the Unix epoch). `undefined`: the name is unknown. */
export interface ReadTopology {
  topology: Topology | undefined;
  readAt: number;
}

/**
 * The topologies that this container read last. Ordinary joins use this cache, so a topology is read about once a
 * second.
 */
const cache = perName<ReadTopology>();

/** The longest time for which a name that is not live counts as recently read: viewers wait for it to go live (milliseconds). */
const NOT_LIVE_MS = 500;

/**
 * The topology as this container read it, at most `topologyCacheMs` ago. Undefined if it has to be read, or if the name was
 * unknown or ended.
 */
export function recentTopology(externalMeetingId: string, now: number): ReadTopology | undefined {
  const last = cache.get(externalMeetingId);
  if (!last?.topology || last.topology.status === 'ended') return undefined;
  const { topologyCacheMs } = settings();
  const mostMs = isLive(last.topology) ? topologyCacheMs : Math.min(topologyCacheMs, NOT_LIVE_MS);
  return now - last.readAt < mostMs ? last : undefined;
}

/** The topology as this container read it last, however long ago. */
export const lastReadTopology = (externalMeetingId: string): Topology | undefined =>
  cache.get(externalMeetingId)?.topology;

/** The topology, read consistently. */
export async function readTopology(externalMeetingId: string, now: number): Promise<ReadTopology> {
  const Key = topologyKey(externalMeetingId);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return rememberTopology(externalMeetingId, Item, now);
}

/** Keep a topology in the cache of this container, as it was just read. */
export function rememberTopology(
  externalMeetingId: string,
  item: Record<string, unknown> | undefined,
  now: number,
): ReadTopology {
  const read = { topology: item && toTopology(item), readAt: now };
  cache.set(externalMeetingId, read);
  return read;
}

/** The topology, read consistently; undefined if the name is unknown. */
export async function freshTopology(externalMeetingId: string, now: number): Promise<Topology | undefined> {
  return (await readTopology(externalMeetingId, now)).topology;
}

/**
 * Note in the cache that the primary was just checked, so that this container does not try to win the check again.
 */
export function rememberCheck(externalMeetingId: string, checkedAt: number): void {
  const last = cache.get(externalMeetingId);
  if (!last?.topology?.primary) return;
  const primary = { ...last.topology.primary, checkedAt };
  cache.set(externalMeetingId, { ...last, topology: { ...last.topology, primary } });
}

/**
 * Create the record of a name. `exists`: there already was one, and nothing changed. A record of the same
 * incarnation counts as created, because the SDK repeats a write whose response was lost. The repetition overwrites
 * nothing.
 */
export async function createTopology(
  topology: Pick<Topology, 'externalMeetingId' | 'incarnation' | 'options'>,
  now: number,
): Promise<'created' | 'exists'> {
  const begun = { incarnatedAt: now, epoch: 1, status: 'scheduled', replicas: {} };
  const { externalMeetingId, options } = topology;
  const at = listedFrom({ options, incarnatedAt: now });
  const { ':statusShard': statusShard, ':statusAt': statusAt } = listedUnder(
    'scheduled',
    externalMeetingId,
    at,
  );
  const expiresAt = topologyExpiresAt(topology, now);
  const item = { ...topology, ...begun, expiresAt, statusShard, statusAt };
  const names = Object.keys(item);
  const create = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: `SET ${names.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(', ')}`,
    ...when('attribute_not_exists(pk) OR #incarnation = :incarnation', {
      names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      values: Object.fromEntries(Object.entries(item).map(([name, value]) => [`:${name}`, value])),
    }),
  });
  return outcome(table().send(create), 'created', 'exists');
}

/**
 * Change the options of a name that is not ended. Open meetings keep the options they were opened with. Recorded
 * refusals of Chime are removed, because a quota may have been raised, or the options may have been the reason. A named
 * start moves the name in the list of its status.
 */
export async function changeOptions(
  externalMeetingId: string,
  options: TopologyOptions,
  now: number,
): Promise<'changed' | 'not-now'> {
  const start = startsAt({ options });
  const nameIsKnown = 'attribute_exists(pk)';
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: `SET options = :options, expiresAt = :expiresAt${start ? ', statusAt = :statusAt' : ''} REMOVE ${forgotten}`,
    ...when(all(nameIsKnown, notEnded), {
      names: forgottenNames,
      values: {
        ':options': options,
        ':expiresAt': topologyExpiresAt({ options }, now),
        ...(start && { ':statusAt': statusPosition(externalMeetingId, start) }),
      },
    }),
  });
  return outcome(table().send(update), 'changed', 'not-now');
}

export function toTopology(item: Record<string, unknown>): Topology {
  const replicas = Object.values((item.replicas ?? {}) as Record<string, Replica>);
  const next = nextOrdinal({ ...(item as Pick<Topology, 'nextOrdinal'>), replicas });
  const primary = item.primary as PrimaryMeeting | undefined;
  const learnedLimit = item.learnedLimit as Topology['learnedLimit'];
  const primaryProblem = item.primaryProblem as Topology['primaryProblem'];
  const forecast = item.forecast as Topology['forecast'];
  const lastAudience = item.lastAudience as Topology['lastAudience'];
  const liveSince = item.liveSince as number | undefined;
  const captions = item.captions as Topology['captions'];
  const coolDowns = regional.coolDown.in(item);
  const drains = regional.drain.in(item);
  return {
    externalMeetingId: item.externalMeetingId as string,
    incarnation: item.incarnation as string,
    incarnatedAt: (item.incarnatedAt as number | undefined) ?? 0,
    epoch: item.epoch as number,
    status: item.status as Topology['status'],
    options: item.options as TopologyOptions,
    stage: (item.stage as Set<string> | undefined) ?? new Set(),
    replicas: replicas.sort((a, b) => a.ordinal - b.ordinal),
    nextOrdinal: next,
    ...(primary && { primary }),
    ...(forecast && { forecast }),
    ...(lastAudience && { lastAudience }),
    ...(liveSince !== undefined && { liveSince }),
    ...(captions && { captions }),
    ...(learnedLimit && { learnedLimit }),
    ...(primaryProblem && { primaryProblem }),
    ...(Object.keys(coolDowns).length > 0 && { coolDowns }),
    ...(Object.keys(drains).length > 0 && { drains }),
  };
}
