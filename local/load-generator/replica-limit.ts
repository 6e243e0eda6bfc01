import type { Ask, Member } from './ask.ts';
import type { Emulator } from './emulator.ts';

/** The capacity of a replica, and the replicas per primary: Chime's default quotas. */
const SEATS_EACH = 250;
const DEFAULT_REPLICAS = 4;
const MOST_REPLICAS = 100;

/** How many replicas this many people need. */
export function replicasFor(people: number): number {
  return Math.min(MOST_REPLICAS, Math.max(DEFAULT_REPLICAS, Math.ceil(people / SEATS_EACH)));
}

/**
 * Makes room for an audience, as an operator would before a large event. Raises the account's quota (here the emulator's
 * `replicasPerPrimary`) and the meeting's `maxReplicas`; the other options stay. Never lowers anything. Creates an unknown
 * name, and reopens an ended one.
 */
export async function raiseReplicaLimit(
  people: number,
  host: Member,
  { ask, emulator }: Clients,
): Promise<void> {
  const replicas = replicasFor(people);
  if ((await emulator.options()).replicasPerPrimary < replicas)
    await emulator.change({ replicasPerPrimary: replicas });
  const { status, body } = await ask(host, 'GET');
  const options = status === 200 ? body.options : { maxReplicas: 0 };
  if (status === 200 && body.status !== 'ended' && options.maxReplicas >= replicas) return;
  const put = await ask(host, 'PUT', { ...options, maxReplicas: Math.max(replicas, options.maxReplicas) });
  if (put.status > 201) throw new Error(`PUT of the meeting was answered with ${put.status}`);
}

export interface Clients {
  ask: Ask;
  emulator: Emulator;
}
