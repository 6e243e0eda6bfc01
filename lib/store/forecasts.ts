import type { Topology } from '../domain/topology.ts';
import { changeTopology } from './topology-writes.ts';

/**
 * Write down how many viewers the host expects where. It outlives the epoch: the next life of the meetings has the same
 * audience. How many replicas the account allows is found out anew.
 */
export async function setForecast(
  topology: Topology,
  forecast: NonNullable<Topology['forecast']>,
): Promise<'set' | 'lost'> {
  const done = await changeTopology(topology, {
    update: 'SET forecast = :forecast REMOVE learnedLimit',
    clauses: [],
    values: { ':forecast': forecast },
  });
  return done === 'lost' ? 'lost' : 'set';
}
