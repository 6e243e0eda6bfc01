import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { isOpen, type Topology } from '../../domain/meeting/topology.ts';
import { retireNotFound } from '../opening/retire-replica.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

/**
 * Check each open replica at Chime. One can die alone, and its event can be lost; no viewer should be placed there
 * for long. `unsure`: one was dead, or Chime did not answer for all.
 */
export async function reconcileReplicas(
  topology: Topology,
  context: RequestContext,
): Promise<'alive' | 'unsure'> {
  let result: 'alive' | 'unsure' = 'alive';
  for (const replica of topology.replicas.filter(isOpen)) {
    const found = await getMeeting(chimeLimiter(context, 'reconciling'), replica.meetingId);
    if (isChimeFailure(found)) result = 'unsure';
    if (found === 'gone') await retireNotFound(topology, replica, context);
  }
  return result;
}
