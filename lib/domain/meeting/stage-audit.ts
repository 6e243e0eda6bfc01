import { CLOCK_SKEW_MS } from './clocks.ts';
import { sameCapabilities } from './muting.ts';
import { heldAttendee, isLeased, type Participant, placeIn } from './participant.ts';
import { isPerson, isPipeline } from './presence.ts';
import type { ChimeAttendee, Topology } from './topology.ts';

/** The stage as Chime listed it first, and as the participants' records had it afterwards. */
export interface StageSight {
  attendees: readonly ChimeAttendee[];
  /** A media pipeline is among the attendees that Chime listed. */
  hasPipeline: boolean;
  people: readonly Participant[];
  /** When Chime was asked (milliseconds since the epoch). */
  listedAt: number;
  /** When the records were read. */
  now: number;
}

export interface StageFaults {
  /** Attendees beside the one that their person holds. */
  surplus: ChimeAttendee[];
  /** People who are on stage, or have an attendee there, without holding it. */
  unsettled: string[];
}

/** What a sight has of the attendees that Chime listed. */
export function seenInList(listed: readonly ChimeAttendee[]): Pick<StageSight, 'attendees' | 'hasPipeline'> {
  return {
    attendees: listed.filter(isStagePerson),
    hasPipeline: listed.some(({ ExternalUserId }) => isPipeline({ externalUserId: ExternalUserId })),
  };
}

/** The names of the people on stage by their records, and of those whom Chime listed. */
export function namesOnStage(stage: Iterable<string>, attendees: readonly ChimeAttendee[]): Set<string> {
  return new Set([...stage, ...attendees.map(({ ExternalUserId }) => ExternalUserId)]);
}

/** Whether this attendee stands for a person. Media pipelines are not ours. */
export function isStagePerson({ AttendeeId, ExternalUserId }: ChimeAttendee): boolean {
  return isPerson({ attendeeId: AttendeeId, externalUserId: ExternalUserId });
}

/**
 * Where stage, records and Chime disagree. People who are entering or leaving at this moment are left alone: their records
 * were read after Chime was asked, so a live claim is seen. An attendee that Chime does not list counts as gone only if it
 * was held before Chime was asked, by any clock.
 */
export function stageFaults(topology: Topology, sight: StageSight): StageFaults {
  const byName = new Map(sight.people.map((participant) => [participant.externalUserId, participant]));
  const held = new Set(sight.people.flatMap((one) => heldAttendee(topology, one)?.AttendeeId ?? []));
  const names = namesOnStage(topology.stage, sight.attendees);
  const surplus = sight.attendees.filter((attendee) => {
    const holder = byName.get(attendee.ExternalUserId);
    return heldAttendee(topology, holder) !== undefined && !held.has(attendee.AttendeeId);
  });
  const unsettled = [...names].filter((name) => !isSettled(topology, byName.get(name), sight));
  return { surplus, unsettled };
}

function isSettled(topology: Topology, participant: Participant | undefined, sight: StageSight): boolean {
  const place = placeIn(topology, participant);
  if (!place) return false;
  if (place.state !== 'held') return isLeased(place, sight.now);
  const isAtChime = sight.attendees.some(({ AttendeeId }) => AttendeeId === place.Attendee?.AttendeeId);
  return isAtChime || place.joinedAt >= sight.listedAt - CLOCK_SKEW_MS;
}

/**
 * The people on stage whose capabilities at Chime differ from their records: an intent is unconfirmed, or Chime lists others.
 * Left alone are people about whom a request is asking Chime at this moment, and people who entered after Chime was asked.
 */
export function capabilityFaults(topology: Topology, sight: StageSight): Participant[] {
  const listed = new Map(sight.attendees.map((attendee) => [attendee.AttendeeId, attendee.Capabilities]));
  return sight.people.filter((participant) => {
    const held = heldAttendee(topology, participant);
    const place = placeIn(topology, participant);
    if (!held || !place || isLeased(place, sight.now) || place.joinedAt >= sight.listedAt) return false;
    const atChime = listed.get(held.AttendeeId);
    const differs = atChime && held.Capabilities && !sameCapabilities(atChime, held.Capabilities);
    return place.wanted !== undefined || differs === true;
  });
}
