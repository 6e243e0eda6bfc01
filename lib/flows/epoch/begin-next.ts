import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { openEpoch } from '../../store/topology/epochs.ts';

/**
 * The primary is gone, and its replicas with it: begin the name's next life, once, whoever notices. Seats and
 * stage of the old one are void.
 */
export async function nextEpoch(topology: Topology): Promise<'now'> {
  const dead = primaryMeetingId(topology);
  if (dead) await openEpoch(topology, dead);
  return 'now';
}
