import { CLOCK_SKEW_MS } from './clocks.ts';
import { type Participant, placeIn } from './participant.ts';
import type { Presence } from './presence.ts';
import { primaryMeetingId, type Topology } from './topology.ts';

/** A person's requests are noted as evidence of their presence once in this time (milliseconds), to keep the writes few. */
export const NOTE_EVERY_MS = 15_000;

/** When the record last had evidence that the person is there: a noted request, or a join (milliseconds since the epoch). */
export function lastEvidenceOf({ seenAt = 0, seat, place }: Participant): number {
  return Math.max(seenAt, seat?.joinedAt ?? 0, place?.joinedAt ?? 0);
}

/**
 * Returns whether a request of this person, which came at `now`, is to be noted: the last evidence is old, or an event denies it that
 * may, as far as the clocks tell, have come later.
 */
export function isNoteDue(participant: Participant, now: number): boolean {
  const last = lastEvidenceOf(participant);
  const denies = (presence: Presence | undefined) =>
    presence !== undefined && presence.state !== 'present' && presence.at > last - CLOCK_SKEW_MS;
  return now - last >= NOTE_EVERY_MS || denies(participant.presence) || denies(participant.stagePresence);
}

/**
 * Returns whether a person on stage has left this primary. Only `AttendeeLeft` says so, and only where it is later than any evidence of
 * presence, by more than clocks may differ: a client that was `dropped` reconnects, and the event of that may get lost.
 */
export function hasLeftStage(topology: Topology, participant: Participant): boolean {
  const { stagePresence: presence, seenAt = 0 } = participant;
  if (presence?.state !== 'left' || presence.meetingId !== primaryMeetingId(topology)) return false;
  const joinedAt = placeIn(topology, participant)?.joinedAt ?? 0;
  return presence.at > Math.max(joinedAt, seenAt) + CLOCK_SKEW_MS;
}
