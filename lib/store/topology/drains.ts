import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import type { OpenReplica, Topology } from '../../domain/meeting/topology.ts';
import type { Drain, OwedReplica } from '../../domain/placement/drains.ts';
import { all, any, type Clause, when } from '../conditions.ts';
import { regional, topologyKey } from '../keys.ts';
import { outcome, TableName, table } from '../table.ts';
import { notEnded } from './clauses.ts';
import { changeTopology } from './topology-writes.ts';

/** A drain to be recorded. `elsewhere`: the other allowed media regions, of which at least one has to stay undrained. */
export interface NewDrain {
  mediaRegion: MediaRegion;
  evacuate: boolean;
  by?: 'operator';
  elsewhere: readonly MediaRegion[];
}

/**
 * Drain a media region of a name, or change whether its viewers are moved. It holds in every epoch of this incarnation. A drain
 * that exists keeps its beginning. `conflict`: the topology is not as it was read; read it again.
 */
export async function setDrain(
  topology: Topology,
  { mediaRegion, evacuate, by, elsewhere }: NewDrain,
  now: number,
): Promise<'set' | 'conflict'> {
  const drain: Drain = { since: now, evacuate, ...(by && { by }) };
  const isThere = topology.drains?.[mediaRegion] !== undefined;
  const asRead = isThere
    ? 'attribute_exists(#drain)'
    : { expression: 'attribute_not_exists(#drain) OR #drain.since = :now', values: { ':now': now } }; // the latter if the SDK repeats the write
  const owner = by ? '' : ' REMOVE #drain.#by';
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(topology.externalMeetingId),
    UpdateExpression: isThere ? `SET #drain.evacuate = :evacuate${owner}` : 'SET #drain = :drain',
    ...when(all(sameIncarnation(topology), notEnded, asRead, oneIsLeft(elsewhere)), {
      names: { '#drain': regional.drain.of(mediaRegion), ...(isThere && owner && { '#by': 'by' }) },
      values: isThere ? { ':evacuate': evacuate } : { ':drain': drain },
    }),
  });
  return outcome(table().send(update), 'set', 'conflict');
}

const sameIncarnation = ({ incarnation }: Topology): Clause => ({
  expression: 'incarnation = :incarnation',
  values: { ':incarnation': incarnation },
});

/** Two hosts who drain two media regions at once cannot drain the last one. */
function oneIsLeft(elsewhere: readonly MediaRegion[]): Clause {
  const free = elsewhere.map((mediaRegion, k) => ({
    expression: `attribute_not_exists(#other${k})`,
    names: { [`#other${k}`]: regional.drain.of(mediaRegion) },
  }));
  return any(...free);
}

/** Lift the drain of a media region. Idempotent. `not-now`: the name is unknown or ended, or the drain is not `by` that one. */
export async function liftDrain(
  externalMeetingId: string,
  mediaRegion: MediaRegion,
  by?: 'operator',
): Promise<'lifted' | 'not-now'> {
  const isTheirs: Clause[] = by
    ? [{ expression: '#drain.#by = :by', names: { '#by': 'by' }, values: { ':by': by } }]
    : [];
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression: 'REMOVE #drain',
    ...when(all('attribute_exists(pk)', notEnded, ...isTheirs), {
      names: { '#drain': regional.drain.of(mediaRegion) },
    }),
  });
  return outcome(table().send(update), 'lifted', 'not-now');
}

/**
 * Remove an open replica of a media region that is evacuated from the topology, if it is still evacuated. The seats in it are
 * void, and its ordinal is never used again. `owes`: it is deleted before it is replaced.
 */
export async function retireEvacuated(
  topology: Topology,
  { ordinal, meetingId, mediaRegion }: OpenReplica,
  owes?: OwedReplica,
): Promise<'retired' | 'conflict'> {
  const isEvacuated: Clause = {
    expression: '#drain.evacuate = :true',
    names: { '#drain': regional.drain.of(mediaRegion) },
    values: { ':true': true },
  };
  const isOpen: Clause = {
    expression: 'replicas.#n.#state = :open AND replicas.#n.meetingId = :meetingId',
    names: { '#n': String(ordinal), '#state': 'state' },
    values: { ':open': 'open', ':meetingId': meetingId },
  };
  const write = changeTopology(topology, {
    update: `REMOVE replicas.#n${owes ? ' SET #drain.owes = :owes' : ''}`,
    clauses: [isOpen, isEvacuated],
    ...(owes && { values: { ':owes': owes } }),
  });
  return outcome(write, 'retired', 'conflict');
}
