import { nextOrdinal } from '../../domain/meeting/ordinals.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { arrivalsIn, type Came, cameTo, type Drawn, type Tally } from '../../domain/placement/demand.ts';
import { readAll } from '../batch.ts';
import { regional, replicaKey, seatsKey } from '../keys.ts';

/** One round trip reads the counts of this many ordinals. If there are more, the latest ordinals count. */
const MOST_ORDINALS = 100;

/**
 * How many viewers drew a ticket in this epoch, by their own media region. Replicas that died count too, because
 * their viewers come again. `ordinals`: only those who drew a ticket of these replicas.
 */
export async function readArrivals(topology: Topology, ordinals = lastOrdinals(topology)): Promise<Tally> {
  return arrivalsIn(await readDrawn(topology, ordinals));
}

/** The same of all replicas, and whether these viewers came in bursts. */
export async function readCame(topology: Topology): Promise<Came> {
  return cameTo(await readDrawn(topology, lastOrdinals(topology)));
}

async function readDrawn(topology: Topology, ordinals: readonly number[]): Promise<Drawn[]> {
  const items = await readAll(ordinals.map((ordinal) => seatsKey(replicaKey(topology, ordinal))));
  return items.map((item) => ({ arrivals: regional.arrivals.in(item), first: regional.first.in(item) }));
}

function lastOrdinals(topology: Topology): number[] {
  const next = nextOrdinal(topology);
  return Array.from({ length: Math.min(next, MOST_ORDINALS) }, (_, k) => next - 1 - k);
}
