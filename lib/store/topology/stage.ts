import type { Topology } from '../../domain/meeting/topology.ts';
import { changeTopology } from './topology-writes.ts';

const primaryIsTheSame = '#primary.Meeting.MeetingId = :primaryId';

/**
 * Take a place on the stage: one conditional write, so that the stage cannot be oversold. It also clears the empty
 * mark. Entering again takes no second place and returns `already`, because an attendee of that user id may exist at
 * Chime. `conflict`: the stage is full or the topology moved on; read it again.
 */
export async function enterStage(
  topology: Topology,
  externalUserId: string,
): Promise<'entered' | 'already' | 'conflict'> {
  const alreadyThere = 'contains(stage, :me)';
  const placesRemain = 'attribute_not_exists(stage) OR size(stage) < #primary.#capacity';
  const done = await changeTopology(topology, {
    update: 'ADD stage :mine REMOVE #primary.emptySince',
    clauses: [`(${alreadyThere}) OR ${placesRemain}`, primaryIsTheSame],
    names: { '#primary': 'primary', '#capacity': 'capacity' },
    values: {
      ':me': externalUserId,
      ':mine': new Set([externalUserId]),
      ':primaryId': topology.primary?.Meeting?.MeetingId,
    },
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
    clauses: [primaryIsTheSame],
    names: { '#primary': 'primary' },
    values: { ':mine': new Set([externalUserId]), ':primaryId': topology.primary?.Meeting?.MeetingId },
  });
}
