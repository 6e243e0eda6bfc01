import { primaryMeetingId, type Topology } from '../../lib/domain/meeting/topology.ts';

/** The faults of a topology, as text; empty if it is valid. */
export function faultsOf(topology: Topology): string[] {
  const faults: string[] = [];
  const { primary, replicas, stage } = topology;
  const open = replicas.filter((replica) => replica.state === 'open');
  const ids = [primaryMeetingId(topology), ...open.map((replica) => replica.meetingId)].filter(Boolean);
  if (new Set(ids).size !== ids.length) faults.push('two meetings share one MeetingId');
  if (open.length > 0 && !primaryMeetingId(topology)) faults.push('a replica is open without a primary');
  if (open.some((replica) => !replica.meetingId)) faults.push('an open replica has no MeetingId');
  if (primary && stage.size > primary.capacity) faults.push('the stage holds more than it has places');
  if (topology.status === 'live' && !primaryMeetingId(topology)) faults.push('live without a primary');
  return faults;
}
