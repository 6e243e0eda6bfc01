import type { Replica, Topology } from '../../domain/meeting/topology.ts';
import { replicaKey } from '../keys.ts';
import { closeSeats } from '../replica/seats.ts';
import { changeTopology } from './topology-writes.ts';

/** Mark a replica as filling (beyond its soft limit) or sold out, so that placement prefers others. */
export async function markReplica(
  topology: Topology,
  ordinal: number,
  mark: 'filling' | 'soldOut',
): Promise<void> {
  await changeTopology(topology, {
    update: 'SET replicas.#n.#mark = :yes',
    clauses: ['attribute_exists(replicas.#n)'],
    names: { '#n': String(ordinal), '#mark': mark },
    values: { ':yes': true },
  });
}

/** Remove the sold-out mark after a ticket was returned, so that placement uses the replica again. */
export async function putOnSaleAgain(topology: Topology, ordinal: number): Promise<void> {
  await changeTopology(topology, {
    update: 'REMOVE replicas.#n.soldOut',
    clauses: ['attribute_exists(replicas.#n.soldOut)'],
    names: { '#n': String(ordinal) },
  });
}

/** Remove both marks after seats were added, so that placement uses the replica again. */
export async function markCalm(topology: Topology, ordinal: number): Promise<void> {
  await changeTopology(topology, {
    update: 'REMOVE replicas.#n.soldOut, replicas.#n.filling',
    clauses: ['attribute_exists(replicas.#n)'],
    names: { '#n': String(ordinal) },
  });
}

/**
 * Close the seats of a replica that ended alone, then remove it from the topology. Viewers are no longer placed
 * there, its seats are void, and its ordinal is never used again.
 */
export async function retireLostReplica(topology: Topology, { ordinal, meetingId }: Replica): Promise<void> {
  await closeSeats(replicaKey(topology, ordinal));
  await changeTopology(topology, {
    update: 'REMOVE replicas.#n',
    clauses: [
      {
        expression: 'replicas.#n.#state = :open AND replicas.#n.meetingId = :meetingId',
        names: { '#state': 'state' },
        values: { ':open': 'open', ':meetingId': meetingId },
      },
    ],
    names: { '#n': String(ordinal) },
  });
}
