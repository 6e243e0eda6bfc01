import type { RequestContext } from '../../context.ts';
import { CLOCK_SKEW_MS } from '../../domain/meeting/clocks.ts';
import { FRESH_MS } from '../../domain/meeting/freshness.ts';
import type { OpenReplica, Topology } from '../../domain/meeting/topology.ts';
import { retireLostReplica } from '../../store/topology/replica-marks.ts';
import { noteReplica } from '../shared/ledger.ts';
import { deleteLeftover, leaveReplicaBehind } from '../shared/leftovers.ts';

/**
 * Remove an open replica that Chime does not find, so that no viewer is placed there. Its viewers get another seat
 * at their next join. A replica that was just opened stays, because Chime may not find it yet. If the meeting does
 * exist, it is deleted.
 */
export async function retireNotFound(
  topology: Topology,
  replica: OpenReplica,
  context: RequestContext,
): Promise<void> {
  const { ordinal: place, mediaRegion, meetingId, openedAt = 0 } = replica;
  if (context.now() - openedAt < FRESH_MS + CLOCK_SKEW_MS) return;
  const leftover = await leaveReplicaBehind(topology, { place, mediaRegion, meetingId }, context);
  await retireLostReplica(topology, replica);
  await noteReplica(topology, replica, 'ended', context.now());
  await deleteLeftover(topology, leftover, context);
}
