import type { Topology } from '../meeting/topology.ts';

/**
 * The front of a page whose topologies have at most this many replicas together, because the counts of each replica are an item
 * to read. The first one is always in it, so that a page makes progress.
 */
export function withinReplicas<Listed extends { topology: Pick<Topology, 'replicas'> }>(
  page: readonly Listed[],
  most: number,
): Listed[] {
  let replicas = 0;
  const front: Listed[] = [];
  for (const listed of page) {
    replicas += listed.topology.replicas.length;
    if (replicas > most && front.length > 0) return front;
    front.push(listed);
  }
  return front;
}
