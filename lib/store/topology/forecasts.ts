import type { Topology } from '../../domain/meeting/topology.ts';
import { outcome } from '../table.ts';
import { changeTopology, forgotten, forgottenNames } from './topology-writes.ts';

/**
 * Record how many viewers the host expects in which media region. The forecast outlives the epoch, because the next
 * epoch has the same audience. Recorded refusals of Chime are removed, so that Chime is asked again.
 */
export async function setForecast(
  topology: Topology,
  forecast: NonNullable<Topology['forecast']>,
): Promise<'set' | 'conflict'> {
  const write = changeTopology(topology, {
    update: `SET forecast = :forecast REMOVE ${forgotten}`,
    clauses: [],
    names: forgottenNames,
    values: { ':forecast': forecast },
  });
  return outcome(write, 'set', 'conflict');
}
