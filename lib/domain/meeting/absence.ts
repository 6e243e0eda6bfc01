import { CLOCK_SKEW_MS } from './clocks.ts';
import { heldAttendee, isOfEpoch, type Participant, placeIn, type Seat } from './participant.ts';
import type { Presence } from './presence.ts';
import { primaryMeetingId, type Topology } from './topology.ts';

/** The client tries to reconnect for 120 s: no seat is taken sooner (amazon-chime-sdk-js, `reconnectTimeoutMs`). */
export const RECONNECT_MS = 120_000;

export interface Patience {
  /** How long a person without a connection keeps a seat, or a place on stage (milliseconds); 0 is for ever. */
  droppedSeatMs: number;
  /** Do Chime's events arrive? Where they do not, the lack of one says nothing. */
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
 * After which instant a person counts as absent from a meeting (milliseconds since the epoch); infinity while they may be connected.
 * Any one event may be lost, so what one of them alone says is believed late. In this order:
 *
 * 1. The last event says that the client is connected: never.
 * 2. The last event says that the client left, and no request came at that time or since: after the time in which a client reconnects.
 * 3. The connection dropped, or a request came after the event, or no event tells of a connection: after `droppedSeatMs` without
 *    either. A client that is connected looks the same where the event of that was lost.
 */
function absentFrom(
  { presence, meetingId, seenAt }: Trace,
  { droppedSeatMs, hearsEvents }: Patience,
): number {
  const last = presence?.meetingId === meetingId ? presence : undefined;
  if (last?.state === 'present') return Number.POSITIVE_INFINITY;
  if (last?.state === 'left' && last.at > seenAt + CLOCK_SKEW_MS) return last.at + RECONNECT_MS;
  if (droppedSeatMs === 0 || (!last && !hearsEvents)) return Number.POSITIVE_INFINITY;
  return Math.max(seenAt, last?.at ?? 0) + droppedSeatMs;
}

/** After which instant a viewer's seat may be replaced: `absentFrom`; a seat that was given back, once a client would have reconnected. */
export function seatReplaceableAt(
  topology: Topology,
  { seat, participant }: { seat: Seat; participant: Participant },
  maxWait: Patience,
): number {
  if (seat.left) return (seat.leftAt ?? 0) + RECONNECT_MS;
  if (isSeenOnStage(topology, participant)) return Number.POSITIVE_INFINITY;
  const { presence, seenAt = 0 } = participant;
  const { meetingId, joinedAt } = seat;
  return absentFrom({ presence, meetingId, seenAt: Math.max(joinedAt, seenAt) }, maxWait);
}

/** Is the person connected to the primary, as the last event says? A promoted viewer has one page for both. */
function isSeenOnStage(topology: Topology, participant: Participant): boolean {
  const { stagePresence } = participant;
  const isOfPrimary = stagePresence?.meetingId === primaryMeetingId(topology);
  return (
    isOfPrimary && stagePresence?.state === 'present' && heldAttendee(topology, participant) !== undefined
  );
}

/** Those on stage whose place may be given to others, the longest absent first. */
export function absentFromStage(
  topology: Topology,
  people: readonly Participant[],
  { now, ...maxWait }: Patience & { now: number },
): Participant[] {
  const absentSince = (participant: Participant): number => {
    const meetingId = primaryMeetingId(topology);
    if (!meetingId || !heldAttendee(topology, participant)) return Number.POSITIVE_INFINITY;
    const { stagePresence: presence, seenAt = 0 } = participant;
    const joinedAt = placeIn(topology, participant)?.joinedAt ?? 0;
    return absentFrom({ presence, meetingId, seenAt: Math.max(joinedAt, seenAt) }, maxWait);
  };
  return people
    .map((participant) => ({ participant, from: absentSince(participant) }))
    .filter(({ from }) => now > from)
    .sort((a, b) => a.from - b.from)
    .map(({ participant }) => participant);
}

/** Is the stage running short of places? Less than a fifth of them is left. */
export function stageRunsShort({ stage, primary }: Topology): boolean {
  return primary !== undefined && primary.capacity - stage.size < primary.capacity * 0.2;
}

/**
 * Did an event of Chime's tell of any of these people in this epoch? In a meeting that lives somebody is connected, so where none did,
 * events do not reach us.
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
