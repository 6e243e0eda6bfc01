import type { Topology } from '../../domain/meeting/topology.ts';
import { any } from '../conditions.ts';
import { primaryAsRead } from './clauses.ts';
import { changeTopology } from './topology-writes.ts';

/**
 * Take a place on the stage: one conditional write, so that the stage cannot be oversold. It also clears the empty
 * mark. Entering again takes no second place and returns `already`, because an attendee of that user id may exist at
 * Chime. `conflict`: the stage is full or the topology moved on; read it again.
 */
export async function enterStage(
  topology: Topology,
  externalUserId: string,
): Promise<'entered' | 'already' | 'conflict'> {
  const alreadyThere = { expression: 'contains(stage, :me)', values: { ':me': externalUserId } };
  const placesRemain = {
    expression: 'attribute_not_exists(stage) OR size(stage) < #primary.#capacity',
    names: { '#capacity': 'capacity' },
  };
  const done = await changeTopology(topology, {
    update: 'ADD stage :mine REMOVE #primary.emptySince',
    clauses: [any(alreadyThere, placesRemain), primaryAsRead(topology)],
    values: { ':mine': new Set([externalUserId]) },
    returns: 'UPDATED_OLD',
  });
  if (done === 'conflict') return 'conflict';
  const before = done.Attributes?.stage as Set<string> | undefined;
  return before?.has(externalUserId) ? 'already' : 'entered';
}

/** Free a place on the stage. Call this only when the primary has no attendee of that user id any more. */
export async function leaveStage(topology: Topology, externalUserId: string): Promise<void> {
  await changeTopology(topology, {
    update: 'DELETE stage :mine',
    clauses: [primaryAsRead(topology)],
    values: { ':mine': new Set([externalUserId]) },
  });
}
