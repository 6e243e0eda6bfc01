import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { retireNotFound } from '../opening/retire-replica.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

/**
 * A replica can die alone, and the event that told of it get lost: Chime is asked for each, so that no viewer is sent to
 * a dead one for long.
 */
export async function reconcileReplicas(topology: Topology, context: RequestContext): Promise<void> {
  for (const replica of topology.replicas) {
    if (replica.state !== 'open') continue;
    const found = await getMeeting(chimeLimiter(context, 'reconciling'), replica.meetingId as string);
    if (found === 'gone') await retireNotFound(topology, replica, context);
  }
}
