import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { isOpen, type Topology } from '../../domain/meeting/topology.ts';
import { retireNotFound } from '../opening/retire-replica.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

/**
 * Check each open replica at Chime. One can die alone, and its event can be lost; no viewer should be placed there
 * for long.
 */
export async function reconcileReplicas(topology: Topology, context: RequestContext): Promise<void> {
  for (const replica of topology.replicas.filter(isOpen)) {
    const found = await getMeeting(chimeLimiter(context, 'reconciling'), replica.meetingId);
    if (found === 'gone') await retireNotFound(topology, replica, context);
  }
}
