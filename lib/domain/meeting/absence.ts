import { CLOCK_SKEW_MS } from './clocks.ts';
import { heldAttendee, isOfEpoch, type Participant, placeIn, type Seat } from './participant.ts';
import type { Presence } from './presence.ts';
import { LAST_SHARE } from './seats.ts';
import { primaryMeetingId, type Topology } from './topology.ts';

/** A client tries to reconnect for 120 s: no seat is replaced sooner (amazon-chime-sdk-js, `reconnectTimeoutMs`). */
export const RECONNECT_MS = 120_000;

export interface AbsenceRule {
  /** How long a person without a connection keeps a seat or a place on stage (milliseconds); 0 means for ever. */
  droppedSeatMs: number;
  /** Whether Chime's events arrive. Without them, a missing event says nothing. */
  hearsEvents: boolean;
}

/** What is known of a person's connection to one meeting. */
interface Trace {
  presence: Presence | undefined;
  meetingId: string;
  /** When the person last made a request (milliseconds since the epoch). */
  seenAt: number;
}

/**
 * The instant after which a person counts as absent from a meeting (milliseconds since the epoch); infinity while the person
 * may be connected. Any single event may be lost, so what only one signal says is trusted late. In this order:
 *
 * 1. The last event says that the client is connected: never.
 * 2. The last event says that the client left, and no request came then or since: after the time in which a client
 *    reconnects.
 * 3. The connection dropped, a request came after the event, or no event tells of a connection: after `droppedSeatMs` without
 *    either. A connected client looks the same if the event of its connection was lost.
 */
function absentFrom(
  { presence, meetingId, seenAt }: Trace,
  { droppedSeatMs, hearsEvents }: AbsenceRule,
): number {
  const last = presence?.meetingId === meetingId ? presence : undefined;
  if (last?.state === 'present') return Number.POSITIVE_INFINITY;
  if (last?.state === 'left' && last.at > seenAt + CLOCK_SKEW_MS) return last.at + RECONNECT_MS;
  if (droppedSeatMs === 0 || (!last && !hearsEvents)) return Number.POSITIVE_INFINITY;
  return Math.max(seenAt, last?.at ?? 0) + droppedSeatMs;
}

/**
 * The instant from which a viewer's seat may be replaced. A seat that the viewer gave back: when a client would have
 * reconnected. Any other seat: as `absentFrom` says.
 */
export function seatReplaceableAt(
  topology: Topology,
  { seat, participant }: { seat: Seat; participant: Participant },
  rule: AbsenceRule,
): number {
  if (seat.left) return (seat.leftAt ?? 0) + RECONNECT_MS;
  if (isSeenOnStage(topology, participant)) return Number.POSITIVE_INFINITY;
  const { presence, seenAt = 0 } = participant;
  const { meetingId, joinedAt } = seat;
  return absentFrom({ presence, meetingId, seenAt: Math.max(joinedAt, seenAt) }, rule);
}

/**
 * Whether the last event says that the person is connected to the primary. A promoted viewer uses one page for both meetings.
 */
function isSeenOnStage(topology: Topology, participant: Participant): boolean {
  const { stagePresence } = participant;
  const isOfPrimary = stagePresence?.meetingId === primaryMeetingId(topology);
  return (
    isOfPrimary && stagePresence?.state === 'present' && heldAttendee(topology, participant) !== undefined
  );
}

/** The people on stage whose place may be given to others, the longest absent first. */
export function absentFromStage(
  topology: Topology,
  people: readonly Participant[],
  { now, ...rule }: AbsenceRule & { now: number },
): Participant[] {
  const absentSince = (participant: Participant): number => {
    const meetingId = primaryMeetingId(topology);
    if (!meetingId || !heldAttendee(topology, participant)) return Number.POSITIVE_INFINITY;
    const { stagePresence: presence, seenAt = 0 } = participant;
    const joinedAt = placeIn(topology, participant)?.joinedAt ?? 0;
    return absentFrom({ presence, meetingId, seenAt: Math.max(joinedAt, seenAt) }, rule);
  };
  return longestAbsentFirst(people, absentSince, now);
}

/** The people who are absent by now, the longest absent first. `absentAfter`: the instant after which a person counts as absent. */
export function longestAbsentFirst(
  people: readonly Participant[],
  absentAfter: (participant: Participant) => number,
  now: number,
): Participant[] {
  return people
    .map((participant) => ({ participant, from: absentAfter(participant) }))
    .filter(({ from }) => now > from)
    .sort((a, b) => a.from - b.from)
    .map(({ participant }) => participant);
}

/** Whether the stage is running short of places: less than a fifth of them is free. */
export function stageRunsShort({ stage, primary }: Topology): boolean {
  return primary !== undefined && primary.capacity - stage.size < primary.capacity * LAST_SHARE;
}

/**
 * Whether any Chime event told of one of these people in this epoch. A live meeting has a connected attendee, so without such
 * an event, events do not reach the service.
 */
export function hearsEvents(topology: Topology, people: readonly Participant[]): boolean {
  const meetings = new Set([
    primaryMeetingId(topology),
    ...topology.replicas.map(({ meetingId }) => meetingId),
  ]);
  const tells = (presence: Presence | undefined) =>
    presence !== undefined && meetings.has(presence.meetingId);
  return people.some(
    (participant) =>
      isOfEpoch(topology, participant) && (tells(participant.presence) || tells(participant.stagePresence)),
  );
}
