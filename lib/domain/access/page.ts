import type { Topology } from '../meeting/topology.ts';

/**
 * The front of a page that has at most this much together. The first one is always in it, so that a page makes progress.
 */
export function frontWithin<One>(page: readonly One[], most: number, sizeOf: (one: One) => number): One[] {
  let size = 0;
  const front: One[] = [];
  for (const one of page) {
    size += sizeOf(one);
    if (size > most && front.length > 0) return front;
    front.push(one);
  }
  return front;
}

/** The front of a page whose topologies have at most this many replicas together, because the counts of each are an item to read. */
export const withinReplicas = <Listed extends { topology: Pick<Topology, 'replicas'> }>(
  page: readonly Listed[],
  most: number,
): Listed[] => frontWithin(page, most, ({ topology }) => topology.replicas.length);
