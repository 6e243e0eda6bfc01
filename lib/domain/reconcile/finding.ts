import { isAskDue } from '../captions/state.ts';
import { type AbsenceRule, absentFromStage, hearsEvents, stageRunsShort } from '../meeting/absence.ts';
import { CLOCK_SKEW_MS } from '../meeting/clocks.ts';
import { heldAttendee, isLeased, type Participant, placeIn } from '../meeting/participant.ts';
import {
  isLeaseExpired,
  isLive,
  isTooOld,
  type LiveTopology,
  primaryMeetingId,
  type Topology,
} from '../meeting/topology.ts';

/**
 * What the records of a name tell before Chime is asked.
 * - `trouble`: there is something to repair, or a person's connection ended since the last look.
 * - `unfinished`: the opening of the primary did not finish, which is trouble once the name is due.
 * - `doubt`: nothing tells that a person is connected to the primary, so it may be dead; or seats run short.
 * - `calm`: none of these.
 */
export type Finding = 'trouble' | 'unfinished' | 'doubt' | 'calm';

/** The people on stage, as their records were read, and when the last look at the name began. */
export interface Records {
  people: readonly Participant[];
  lookedAt?: number | undefined;
}

export type Rules = Pick<AbsenceRule, 'droppedSeatMs'> & {
  /** How long a stage may be empty before its meeting is ended (milliseconds); 0 means for ever. */
  endEmptyAfterMs: number;
  /** The age at which the stream of captions is restarted (milliseconds); 0 means never. */
  captionsRestartMs: number;
  now: number;
};

/** What the records of a name tell, apart from replicas to be opened or moved. */
export function findingOf(topology: Topology, records: Records, rules: Rules): Finding {
  if (topology.status === 'ended') return 'trouble';
  if (!isLive(topology)) return topology.primary ? 'unfinished' : 'calm';
  if (hasTrouble(topology, records, rules)) return 'trouble';
  return isDoubtful(topology, records, rules) ? 'doubt' : 'calm';
}

function hasTrouble(topology: LiveTopology, { people, lookedAt }: Records, rules: Rules): boolean {
  const { now } = rules;
  const byName = new Map(people.map((participant) => [participant.externalUserId, participant]));
  return (
    isTooOld(topology, now) ||
    topology.replicas.some((replica) => isLeaseExpired(replica, now)) ||
    isAskDue(topology, { now, restartMs: rules.captionsRestartMs }) ||
    [...topology.stage].some((name) => isUnsettled(topology, byName.get(name), now)) ||
    people.some((participant) => endedSince(topology, participant, lookedAt)) ||
    hasAbsent(topology, people, rules)
  );
}

/** Whether a request left the place or the capabilities of this person on stage half done. */
function isUnsettled(topology: Topology, participant: Participant | undefined, now: number): boolean {
  const place = placeIn(topology, participant);
  if (!place) return true;
  return (place.state !== 'held' || place.wanted !== undefined) && !isLeased(place, now);
}

/**
 * Whether an event told, since the last look, that the person's connection to the primary ended. If the primary died, the event
 * of its end may be lost, and this one may be the only sign.
 */
function endedSince(topology: Topology, { stagePresence }: Participant, lookedAt = 0): boolean {
  if (!stagePresence || stagePresence.meetingId !== primaryMeetingId(topology)) return false;
  return stagePresence.state !== 'present' && stagePresence.at > lookedAt - CLOCK_SKEW_MS;
}

function hasAbsent(topology: Topology, people: readonly Participant[], rules: Rules): boolean {
  if (!stageRunsShort(topology)) return false;
  return (
    absentFromStage(topology, people, { ...rules, hearsEvents: hearsEvents(topology, people) }).length > 0
  );
}

function isDoubtful(topology: LiveTopology, { people }: Records, { endEmptyAfterMs }: Rules): boolean {
  const isPresent = (participant: Participant) =>
    heldAttendee(topology, participant) !== undefined &&
    participant.stagePresence?.meetingId === primaryMeetingId(topology) &&
    participant.stagePresence?.state === 'present';
  const maybeEmpty = endEmptyAfterMs > 0 && topology.primary.emptySince !== undefined;
  return (
    maybeEmpty ||
    !people.some(isPresent) ||
    topology.replicas.some(({ filling, soldOut }) => filling || soldOut)
  );
}
