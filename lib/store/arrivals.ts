import type { Tally } from '../domain/demand.ts';
import type { Topology } from '../domain/topology.ts';
import { readAll } from './batch.ts';
import { arrivedFrom, replicaKey, seatsKey } from './keys.ts';

/**
 * How many viewers drew a ticket in this epoch, by their own media region: in all of its replicas, also those that died,
 * for their viewers come again. One round trip for a hundred replicas.
 */
export async function readArrivals(topology: Topology): Promise<Tally> {
  const keys = topology.replicas.map(({ ordinal }) => seatsKey(replicaKey(topology, ordinal)));
  const items = await readAll(keys);
  const sum: Tally = {};
  for (const item of items)
    for (const [attribute, viewers] of Object.entries(item)) {
      const from = arrivedFrom(attribute);
      if (from) sum[from] = (sum[from] ?? 0) + (viewers as number);
    }
  return sum;
}
