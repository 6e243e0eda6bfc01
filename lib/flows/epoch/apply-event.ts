import type { ChimeEvent } from '../../contract/chime-event.ts';
import { type CaptionsSeen, captionsIn } from '../../domain/captions/wish.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { type Connection, type Fact, factKindOf, inAudience, onStage } from '../../domain/ledger/facts.ts';
import { type Participant, placeIn } from '../../domain/meeting/participant.ts';
import { isPerson, presenceFrom } from '../../domain/meeting/presence.ts';
import { seatOf } from '../../domain/meeting/seats.ts';
import { primaryMeetingId, type Replica, type Topology } from '../../domain/meeting/topology.ts';
import { measure } from '../../metrics.ts';
import { addFacts } from '../../store/ledger/attendance.ts';
import { applyPresence, holderOfSeat, keyOf } from '../../store/participant/presences.ts';
import { applySeen } from '../../store/topology/captions.ts';
import { retireLostReplica } from '../../store/topology/replica-marks.ts';
import { freshTopology, recentTopology } from '../../store/topology/topologies.ts';
import { noteReplica } from '../shared/ledger.ts';
import { nextEpoch } from './begin-next.ts';

/**
 * Apply one Chime event: presence and attendance of people, captions, and ends of meetings. Events are best effort, out of order and repeated
 * (https://docs.aws.amazon.com/chime-sdk/latest/dg/mtgs-sdk-notifications.html). Applying them is idempotent and
 * commutative, and no invariant depends on one. Events about meetings and people without a record are ignored.
 */
export async function applyEvent(event: ChimeEvent, now: number): Promise<'applied' | 'ignored'> {
  const topology = await topologyOf(event, now);
  if (!topology) return 'ignored';
  if (event.eventType === 'chime:MeetingEnded') return applyEnd(topology, event);
  const captions = captionsIn(event);
  if (captions) return applyCaptions(topology, event, captions);
  const presence = presenceFrom(event.eventType, event.timestamp);
  if (!presence || !isPerson(event)) return 'ignored';
  const Key = await recordOf(topology, event);
  if (!Key) return 'ignored';
  const isOfStage = primaryMeetingId(topology) === event.meetingId;
  const seen = { ...presence, meetingId: event.meetingId };
  const record = await applyPresence(Key, seen, isOfStage ? 'stage' : ofSeat(event));
  if (record) await attend({ event, record, topology }, now);
  return 'applied';
}

/**
 * The topology of the event's name. One that this container read recently may not know the meeting of the event yet. That
 * is read again for the few events about meetings and about people on stage; a viewer is found by the seat.
 */
async function topologyOf(event: ChimeEvent, now: number): Promise<Topology | undefined> {
  const { externalMeetingId, meetingId, externalUserId = '' } = event;
  if (!externalMeetingId) return undefined;
  const recent = recentTopology(externalMeetingId, now)?.topology;
  const isKnown = recent && [primaryMeetingId(recent), ...recent.replicas.map(idOf)].includes(meetingId);
  if (recent && (isKnown || seatOf(externalUserId) !== undefined)) return recent;
  return freshTopology(externalMeetingId, now);
}

const idOf = ({ meetingId }: Replica) => meetingId;

interface Applied {
  event: ChimeEvent;
  record: Participant;
  topology: Topology;
}

/**
 * Add the event to the person's attendance, in one write, together with when the service assigned the seat or the place. An event
 * about an earlier incarnation of the name is left out: the end of that life closes what it began.
 */
async function attend(applied: Applied, now: number): Promise<void> {
  const { event, record } = applied;
  const topology =
    (record.incarnatedAt ?? 0) > applied.topology.incarnatedAt
      ? await freshTopology(applied.topology.externalMeetingId, now)
      : applied.topology;
  const kind = factKindOf(event.eventType);
  if (!kind || !topology || topology.incarnatedAt !== record.incarnatedAt) return;
  const where = whereabouts({ event, record, topology });
  if (!where) return;
  const { connection, assignedAt, mediaRegion } = where;
  const assigned: Fact[] = assignedAt === undefined ? [] : [{ connection, at: assignedAt, kind: 'S' }];
  const facts: [...Fact[], Fact] = [...assigned, { connection, at: event.timestamp, kind }];
  const { externalUserId, role } = record;
  await addFacts(topology, { externalUserId, role, facts, mediaRegion }, now);
}

interface Whereabouts {
  connection: Connection;
  assignedAt: number | undefined;
  mediaRegion: MediaRegion | undefined;
}

/** The connection that an event is about. Undefined if the record names another seat by now. */
function whereabouts({ event, record, topology }: Applied): Whereabouts | undefined {
  if (primaryMeetingId(topology) === event.meetingId) {
    const assignedAt = placeIn(topology, record)?.joinedAt;
    return { connection: onStage(topology.epoch), assignedAt, mediaRegion: topology.primary?.mediaRegion };
  }
  const { seat, epoch } = record;
  if (seat?.meetingId !== event.meetingId) return undefined;
  const { ordinal, joinedAt, mediaRegion } = seat;
  return { connection: inAudience(epoch, ordinal), assignedAt: joinedAt, mediaRegion };
}

/**
 * Apply the end of a meeting. Events name neither primary nor replica
 * (https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html), so the topology tells which one it was.
 */
async function applyEnd(
  topology: Topology,
  { meetingId, timestamp }: ChimeEvent,
): Promise<'applied' | 'ignored'> {
  if (primaryMeetingId(topology) === meetingId) {
    await nextEpoch(topology, timestamp);
    return 'applied';
  }
  const replica = topology.replicas.find((one) => one.state === 'open' && one.meetingId === meetingId);
  if (!replica) return 'ignored';
  await retireLostReplica(topology, replica);
  await noteReplica(topology, replica, 'ended', timestamp);
  return 'applied';
}

/** Events of captions are about the primary only. One about an earlier primary changes nothing. */
async function applyCaptions(
  topology: Topology,
  { meetingId }: ChimeEvent,
  seen: CaptionsSeen,
): Promise<'applied' | 'ignored'> {
  if (primaryMeetingId(topology) !== meetingId) return 'ignored';
  if ((await applySeen(topology, meetingId, seen)) === 'conflict') return 'ignored';
  if (seen.state === 'on') measure('CaptionsOn');
  if (seen.state === 'interrupted') measure('CaptionsInterrupted');
  if (seen.state === 'failed') measure('CaptionsFailed');
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
