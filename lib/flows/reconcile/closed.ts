import type { Topology } from '../../domain/meeting/topology.ts';
import { whyClosed } from '../../domain/meeting/waiting-room.ts';

/** Whether viewers wait for the start or behind the curtain. */
export function isClosed(topology: Topology, now: number): boolean {
  const because = whyClosed(topology, now);
  return because === 'not-started' || because === 'not-live';
}
