import type { ChimeEvent } from '../../contract/chime-event.ts';
import { isPerson, presenceFrom } from '../../domain/meeting/presence.ts';
import { seatOf } from '../../domain/meeting/seats.ts';
import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { applyAttendance, applyPresence, holderOfSeat, keyOf } from '../../store/participant/presences.ts';
import { retireLostReplica } from '../../store/topology/replica-marks.ts';
import { readTopology, recentTopology } from '../../store/topology/topologies.ts';
import { nextEpoch } from './begin-next.ts';

/**
 * Apply one Chime event: presence of people, and ends of meetings. Events are best effort, out of order and repeated
 * (https://docs.aws.amazon.com/chime-sdk/latest/dg/mtgs-sdk-notifications.html). Applying them is idempotent and
 * commutative, and no invariant depends on one. Events about meetings and people without a record are ignored.
 */
export async function applyEvent(event: ChimeEvent, now: number): Promise<'applied' | 'ignored'> {
  if (!event.externalMeetingId) return 'ignored';
  const { externalMeetingId } = event;
  const { topology } = recentTopology(externalMeetingId, now) ?? (await readTopology(externalMeetingId, now));
  if (!topology) return 'ignored';
  if (event.eventType === 'chime:MeetingEnded') return applyEnd(topology, event.meetingId);
  const presence = presenceFrom(event.eventType, event.timestamp);
  if (!presence || !isPerson(event)) return 'ignored';
  const Key = await recordOf(topology, event);
  if (!Key) return 'ignored';
  const isOfStage = primaryMeetingId(topology) === event.meetingId;
  const seen = { ...presence, meetingId: event.meetingId };
  await applyPresence(Key, seen, isOfStage ? 'stage' : ofSeat(event));
  await applyAttendance(Key, event.timestamp);
  return 'applied';
}

/**
 * Apply the end of a meeting. Events name neither primary nor replica
 * (https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html), so the topology tells which one it was.
 */
async function applyEnd(topology: Topology, meetingId: string): Promise<'applied' | 'ignored'> {
  if (primaryMeetingId(topology) === meetingId) {
    await nextEpoch(topology);
    return 'applied';
  }
  const replica = topology.replicas.find((one) => one.state === 'open' && one.meetingId === meetingId);
  if (!replica) return 'ignored';
  await retireLostReplica(topology, replica);
  return 'applied';
}

function ofSeat({ externalUserId = '' }: ChimeEvent): { seat?: number } {
  const seat = seatOf(externalUserId);
  return seat === undefined ? {} : { seat };
}

async function recordOf(topology: Topology, { meetingId, externalUserId = '' }: ChimeEvent) {
  const { externalMeetingId } = topology;
  if (primaryMeetingId(topology) === meetingId) return keyOf(externalMeetingId, externalUserId);
  const seat = seatOf(externalUserId);
  return seat === undefined ? undefined : holderOfSeat(meetingId, seat);
}
