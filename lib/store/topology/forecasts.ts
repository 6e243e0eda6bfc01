import type { Topology } from '../../domain/meeting/topology.ts';
import { changeTopology, forgotten, forgottenNames } from './topology-writes.ts';

/**
 * Write down how many viewers the host expects where. It outlives the epoch: the next life of the meetings has the same
 * audience. What Chime refused is found out anew.
 */
export async function setForecast(
  topology: Topology,
  forecast: NonNullable<Topology['forecast']>,
): Promise<'set' | 'conflict'> {
  const done = await changeTopology(topology, {
    update: `SET forecast = :forecast REMOVE ${forgotten}`,
    clauses: [],
    names: forgottenNames,
    values: { ':forecast': forecast },
  });
  return done === 'conflict' ? 'conflict' : 'set';
}
