import type { Topology } from '../../domain/meeting/topology.ts';
import type { CoolDown } from '../../domain/placement/cool-downs.ts';
import type { LearnedLimit } from '../../domain/placement/learned-limit.ts';
import { regional } from '../keys.ts';
import { outcome } from '../table.ts';
import { claimIsOurs, type ReplicaClaim } from './replica-claim.ts';
import { type Change, changeTopology } from './topology-writes.ts';

/**
 * Delete a claim on a replica together with its ordinal. A meeting that its request token opened is never
 * published. `learned`: the limit or the cool-down that Chime's refusal taught.
 */
export async function deleteReplicaClaim(
  topology: Topology,
  claim: ReplicaClaim,
  learned: { limit?: LearnedLimit; coolDown?: CoolDown } = {},
): Promise<'deleted' | 'conflict'> {
  const { limit, coolDown } = learned;
  const set = [...(limit ? ['learnedLimit = :limit'] : []), ...(coolDown ? ['#coolDown = :coolDown'] : [])];
  const write = changeTopology(topology, {
    update: `REMOVE replicas.#n${set.length > 0 ? ` SET ${set.join(', ')}` : ''}`,
    clauses: [claimIsOurs(claim)],
    names: { ...(coolDown && { '#coolDown': regional.coolDown.of(claim.mediaRegion) }) },
    values: {
      ...(limit && { ':limit': limit }),
      ...(coolDown && { ':coolDown': coolDown }),
    },
  });
  return outcome(write, 'deleted', 'conflict');
}

/**
 * What a released claim tells the next request: Chime failed to open the replica, or does not find the replica that
 * it opened.
 */
export type ReleaseMarks = { at: number; coolDown: CoolDown } | { goneSince: number };

/** Release a claim, so that the next request may take it over at once. */
export async function releaseReplicaClaim(
  topology: Topology,
  claim: ReplicaClaim,
  marks?: ReleaseMarks,
): Promise<void> {
  const { update, names = {}, values } = marks ? written(marks, claim) : { update: '', values: {} };
  await changeTopology(topology, {
    update: `SET replicas.#n.lease.#until = :zero${update}`,
    clauses: [claimIsOurs(claim)],
    names: { '#until': 'until', ...names },
    values: { ':zero': 0, ...values },
  });
}

function written(marks: ReleaseMarks, { mediaRegion }: ReplicaClaim): Omit<Change, 'clauses'> {
  if ('goneSince' in marks)
    return { update: ', replicas.#n.goneSince = :since', values: { ':since': marks.goneSince } };
  return {
    update: ', replicas.#n.failedAt = :at, #coolDown = :coolDown',
    names: { '#coolDown': regional.coolDown.of(mediaRegion) },
    values: { ':at': marks.at, ':coolDown': marks.coolDown },
  };
}
