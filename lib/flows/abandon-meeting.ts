import type { Call } from '../call.ts';
import { deleteMeeting } from '../chime/meetings.ts';
import type { Topology } from '../domain/topology.ts';
import { freshTopology } from '../store/topologies.ts';
import { declined, inLine } from './turn.ts';

/**
 * A meeting of ours could not be published. In the same epoch somebody took the claim over, and has the same
 * meeting by the same request token: it is left to them. In any other case nobody will ever find it again, so
 * it is deleted.
 */
export async function abandonMeeting(topology: Topology, meetingId: string, call: Call): Promise<'at-once'> {
  const now = await freshTopology(topology.externalMeetingId, call.now());
  if (now?.epoch === topology.epoch && now.status !== 'ended') return 'at-once';
  const deleted = await deleteMeeting(inLine(call, 'long'), meetingId);
  if (deleted !== 'deleted') throw declined(deleted);
  return 'at-once';
}
