import { CLOCK_SKEW_MS } from './clocks.ts';
import { type Participant, placeIn } from './participant.ts';
import type { Presence } from './presence.ts';
import { primaryMeetingId, type Topology } from './topology.ts';

/**
 * A person's requests are recorded as evidence of presence at most once per this time (milliseconds), to limit the writes.
 */
export const NOTE_EVERY_MS = 15_000;

/** The latest evidence of presence on record: a noted request or a join (milliseconds since the epoch). */
export function lastEvidenceOf({ seenAt = 0, seat, place }: Participant): number {
  return Math.max(seenAt, seat?.joinedAt ?? 0, place?.joinedAt ?? 0);
}

/**
 * Whether to record this person's request at `now`: the last evidence is old, or an event contradicts it that may, given the
 * clock skew, be later.
 */
export function isNoteDue(participant: Participant, now: number): boolean {
  const last = lastEvidenceOf(participant);
  const denies = (presence: Presence | undefined) =>
    presence !== undefined && presence.state !== 'present' && presence.at > last - CLOCK_SKEW_MS;
  return now - last >= NOTE_EVERY_MS || denies(participant.presence) || denies(participant.stagePresence);
}

/**
 * Whether a person on stage has left this primary. Only `AttendeeLeft` says so, and only if it is later than any evidence of
 * presence by more than the clock skew. A client that was `dropped` reconnects, and the event of that may get lost.
 */
export function hasLeftStage(topology: Topology, participant: Participant): boolean {
  const { stagePresence: presence, seenAt = 0 } = participant;
  if (presence?.state !== 'left' || presence.meetingId !== primaryMeetingId(topology)) return false;
  const joinedAt = placeIn(topology, participant)?.joinedAt ?? 0;
  return presence.at > Math.max(joinedAt, seenAt) + CLOCK_SKEW_MS;
}
