import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { openEpoch } from '../../store/topology/epochs.ts';
import { noteEpoch } from '../shared/ledger.ts';
import { audienceAfter } from './last-audience.ts';

/**
 * Begin the next epoch after the primary and its replicas died. Idempotent: of all requests that notice, one begins
 * it. Seats and stage of the old epoch are void. `endedAt`: when the primary ended, or was found dead.
 */
export async function nextEpoch(topology: Topology, endedAt: number): Promise<void> {
  const dead = primaryMeetingId(topology);
  if (!dead) return;
  await openEpoch(topology, dead, await audienceAfter(topology));
  await noteEpoch(topology, 'ended', endedAt);
}
