import type { Call } from '../../call.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { retireNotFound } from '../opening/retire-replica.ts';
import { inLine } from '../shared/chime-quota.ts';

/**
 * A replica can die alone, and the event that told of it get lost: Chime is asked for each, so that no viewer is sent to
 * a dead one for long.
 */
export async function sweepReplicas(topology: Topology, call: Call): Promise<void> {
  for (const replica of topology.replicas) {
    if (replica.state !== 'open') continue;
    const found = await getMeeting(inLine(call, 'sweeping'), replica.meetingId as string);
    if (found === 'gone') await retireNotFound(topology, replica, call);
  }
}
