import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { nextOrdinal } from '../../domain/meeting/ordinals.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import type { Tally } from '../../domain/placement/demand.ts';
import { readAll } from '../batch.ts';
import { regional, replicaKey, seatsKey } from '../keys.ts';

/** One round trip reads the counts of this many ordinals. If there are more, the latest ordinals count. */
const MOST_ORDINALS = 100;

/**
 * How many viewers drew a ticket in this epoch, by their own media region. Replicas that died count too, because
 * their viewers come again. `ordinals`: only those who drew a ticket of these replicas.
 */
export async function readArrivals(topology: Topology, ordinals = lastOrdinals(topology)): Promise<Tally> {
  const items = await readAll(ordinals.map((ordinal) => seatsKey(replicaKey(topology, ordinal))));
  const sum: Tally = {};
  for (const item of items)
    for (const [from, viewers] of Object.entries(regional.arrivals.in(item)) as [MediaRegion, number][])
      sum[from] = (sum[from] ?? 0) + viewers;
  return sum;
}

function lastOrdinals(topology: Topology): number[] {
  const next = nextOrdinal(topology);
  return Array.from({ length: Math.min(next, MOST_ORDINALS) }, (_, k) => next - 1 - k);
}
