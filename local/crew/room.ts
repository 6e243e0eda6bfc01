import type { Ask, Member } from './ask.ts';
import type { Emulator } from './emulator.ts';

/** What a replica holds, and how many Chime gives to a primary: its default quotas. */
const SEATS_EACH = 250;
const DEFAULT_REPLICAS = 4;
const MOST_REPLICAS = 100;

/** How many replicas so many people need. */
export function replicasFor(people: number): number {
  return Math.min(MOST_REPLICAS, Math.max(DEFAULT_REPLICAS, Math.ceil(people / SEATS_EACH)));
}

/**
 * Let there be replicas enough, as an operator would before a large event: the account's quota (here the emulator's
 * `replicasPerPrimary`) is raised, and the host raises `maxReplicas` of the meeting, whose other options stay. Nothing is
 * ever lowered. A name that is not known becomes known; one that was ended is opened again.
 */
export async function makeRoom(people: number, host: Member, { ask, emulator }: Doors): Promise<void> {
  const replicas = replicasFor(people);
  if ((await emulator.options()).replicasPerPrimary < replicas)
    await emulator.change({ replicasPerPrimary: replicas });
  const { status, body } = await ask(host, 'GET');
  const options = status === 200 ? body.options : { maxReplicas: 0 };
  if (status === 200 && body.status !== 'ended' && options.maxReplicas >= replicas) return;
  const put = await ask(host, 'PUT', { ...options, maxReplicas: Math.max(replicas, options.maxReplicas) });
  if (put.status > 201) throw new Error(`PUT of the meeting was answered with ${put.status}`);
}

export interface Doors {
  ask: Ask;
  emulator: Emulator;
}
