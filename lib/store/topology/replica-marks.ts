import type { Replica, Topology } from '../../domain/meeting/topology.ts';
import { replicaKey } from '../keys.ts';
import { closeSeats } from '../replica/seats.ts';
import { changeTopology } from './topology-writes.ts';

/** Say of a replica that it crossed its soft mark, or sold its last seat: placement then prefers others. */
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

/** A ticket of a replica that was sold out came back: placement may send somebody there again. */
export async function putOnSaleAgain(topology: Topology, ordinal: number): Promise<void> {
  await changeTopology(topology, {
    update: 'REMOVE replicas.#n.soldOut',
    clauses: ['attribute_exists(replicas.#n.soldOut)'],
    names: { '#n': String(ordinal) },
  });
}

/** A replica has seats again: placement may send people there. */
export async function markCalm(topology: Topology, ordinal: number): Promise<void> {
  await changeTopology(topology, {
    update: 'REMOVE replicas.#n.soldOut, replicas.#n.filling',
    clauses: ['attribute_exists(replicas.#n)'],
    names: { '#n': String(ordinal) },
  });
}

/**
 * An open replica ended alone: its seats are closed, then it is forgotten. No viewer is placed there any more, its seats are
 * void, and its ordinal is never used again.
 */
export async function retireLostReplica(topology: Topology, { ordinal, meetingId }: Replica): Promise<void> {
  await closeSeats(replicaKey(topology, ordinal));
  await changeTopology(topology, {
    update: 'REMOVE replicas.#n',
    clauses: ['replicas.#n.#state = :open', 'replicas.#n.meetingId = :meetingId'],
    names: { '#n': String(ordinal), '#state': 'state' },
    values: { ':open': 'open', ':meetingId': meetingId },
  });
}
