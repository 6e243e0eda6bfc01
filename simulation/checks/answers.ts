import type { Verb } from '../actors/operations.ts';
import type { JoinedBody } from '../joined-body.ts';
import { faultsOfStopping } from './captions.ts';
import { placedInDrain, wasEvacuated } from './drains.ts';
import {
  bugIn,
  during,
  type Given,
  givenBy,
  type History,
  type HistoryEntry,
  isDone,
  joinedIn,
  subjectOf,
} from './history.ts';
import type { Stores } from './stores.ts';

/** The faults of an answer, given all earlier answers. Called when the answer is given. */
export function answerFaults(history: History, entry: HistoryEntry, stores: Stores): string[] {
  const given = givenBy(entry, stores.topology?.epoch ?? 0);
  const faults = [
    ...(given ? faultsOfGiven(history, given, stores) : []),
    ...faultsOfPuttingOut(history, entry, stores),
    ...faultsOfEnding(history, entry, stores),
    ...faultsOfNotPromoted(history, entry, stores),
    ...faultsOfStopping(history, entry, stores),
  ];
  if (given) history.given.push(given);
  const bug = bugIn(entry);
  return (bug ? [bug, ...faults] : faults).map((fault) => `${entry.who} asked ${entry.verb}: ${fault}`);
}

function faultsOfGiven(history: History, given: Given, stores: Stores): string[] {
  return [
    ...someoneElses(history, given),
    ...anotherThanBefore(history, given, stores),
    ...notTheirs(history, given),
    ...afterBan(history, given, stores),
    ...afterEnd(history, given, stores),
    ...behindCurtain(history, given, stores),
    ...placedInDrain(history, given, stores),
  ];
}

/** An attendee belongs to one person, ever. */
function someoneElses({ holders }: History, { attendeeId, entry }: Given): string[] {
  const first = holders.get(attendeeId) ?? entry.who;
  holders.set(attendeeId, first);
  return first === entry.who ? [] : [`was given the attendee of ${first}`];
}

const PUTS_OUT_OF_SEAT: Verb[] = ['remove', 'ban'];
const TAKES_OFF_STAGE: Verb[] = ['remove', 'ban', 'demote', 'leave', 'join'];

/** The same person gets the same attendee, unless it was removed in between or Chime's meeting died. */
function anotherThanBefore(history: History, given: Given, stores: Stores): string[] {
  const { entry, kind, epoch, attendeeId } = given;
  const before = history.given.filter(
    (one) => one.entry.who === entry.who && one.kind === kind && one.epoch === epoch,
  );
  return before
    .filter((one) => one.attendeeId !== attendeeId)
    .flatMap((one) => {
      const span = { from: one.entry.from, to: entry.to, about: entry.who };
      const verbs = kind === 'replica' ? PUTS_OUT_OF_SEAT : TAKES_OFF_STAGE;
      const took = during(history, verbs, span).filter(
        ({ verb, role }) => verb !== 'join' || role === 'viewer',
      );
      const isDead =
        !stores.live.some(({ meetingId }) => meetingId === one.meetingId) || isRetired(history, one, stores);
      // A person who had left may return after the reconciler has replaced their seat.
      const hadLeft = during(history, ['leave'], span).length > 0;
      const isReplaced = hadLeft && !stores.alive(one.meetingId, one.attendeeId);
      return took.length > 0 || isDead || isReplaced
        ? []
        : [`was given another ${kind} attendee than before`];
    });
}

/** Whether the replica was taken off the topology by an evacuation, and lives at Chime for a moment longer. */
function isRetired(history: History, { meetingId }: Given, { topology, live }: Stores): boolean {
  const meeting = live.find((one) => one.meetingId === meetingId);
  const isShown = topology?.replicas.some((one) => one.meetingId === meetingId);
  return meeting !== undefined && !isShown && wasEvacuated(history, meeting.mediaRegion);
}

/** The primary is for hosts, presenters and promoted viewers. Its attendees go by the persons' own names. */
function notTheirs(history: History, { entry, kind, by }: Given): string[] {
  if (kind === 'replica') return entry.role === 'viewer' ? [] : [`a ${entry.role} was sent to a replica`];
  if (by === 'join') return entry.role === 'viewer' ? ['a viewer was given an attendee of the primary'] : [];
  const lastDemotion = lastDone(history, 'demote', entry);
  const granted = during(history, ['promote'], { from: lastDemotion, to: entry.to, about: entry.who });
  return granted.length > 0 ? [] : ['they were not promoted'];
}

/**
 * The instant at which the last of the earlier requests of this verb about the person was sent. Only requests that
 * succeeded, and ended before `before` was sent, count. 0 if there is none.
 */
function lastDone({ entries }: History, verb: Verb, before: HistoryEntry): number {
  const over = entries.filter(
    (entry) =>
      entry.verb === verb && subjectOf(entry) === before.who && entry.to < before.from && isDone(entry),
  );
  return Math.max(0, ...over.map(({ from }) => from));
}

/** A banned person gets nothing that lives once the ban is answered, until a host lifts it. */
function afterBan(history: History, { entry, meetingId, attendeeId }: Given, stores: Stores): string[] {
  const bans = history.entries.filter(
    (one) => one.verb === 'ban' && one.whom === entry.who && isDone(one) && one.to < entry.to,
  );
  return bans.flatMap((ban) => {
    const isLifted =
      during(history, ['unban'], { from: ban.from, to: entry.to, about: entry.who }).length > 0;
    if (isLifted) return [];
    if (entry.from > ban.to) return ['was let in although banned'];
    return stores.alive(meetingId, attendeeId) ? ['was given a living attendee although banned'] : [];
  });
}

/** A request after the end gets no seat until a host opens the name again, whatever a container has cached. */
function afterEnd(history: History, { entry }: Given, { forgottenAt }: Stores): string[] {
  const ends = history.entries.filter(
    (one) => one.verb === 'end' && isDone(one) && one.to < entry.from && one.to > forgottenAt,
  );
  const last = ends
    .filter((end) => during(history, ['create', 'reopen'], { from: end.from, to: entry.to }).length === 0)
    .at(0);
  return last ? ['was let in although the meeting had ended'] : [];
}

const MOVES_CURTAIN: Verb[] = ['goLive', 'endLive', 'create', 'reopen', 'end'];
/** A container may not know of a move of the curtain for as long as it keeps a topology, by its own clock (milliseconds). */
const UNKNOWN_FOR_MS = 10_000;

/** No viewer gets a first seat while the curtain is closed. */
function behindCurtain(history: History, given: Given, { topology }: Stores): string[] {
  const { entry, kind, by } = given;
  const isClosed = topology?.options.admission === 'manual' && topology.liveSince === undefined;
  if (!isClosed || kind !== 'replica' || by !== 'join') return [];
  const hadSeat = history.given.some((one) => one.entry.who === entry.who && one.kind === 'replica');
  const moved = history.entries.some(
    ({ verb, toMs, from }) =>
      MOVES_CURTAIN.includes(verb) && from <= entry.to && toMs >= entry.fromMs - UNKNOWN_FOR_MS,
  );
  return hadSeat || moved ? [] : ['was let in although the curtain is closed'];
}

/** A removed person is out once the removal is answered: their earlier credentials are deleted. */
function faultsOfPuttingOut(history: History, entry: HistoryEntry, stores: Stores): string[] {
  if (!isDone(entry) || !['remove', 'ban', 'demote'].includes(entry.verb)) return [];
  const isEnough = (given: Given) => entry.verb !== 'demote' || given.by === 'promotion';
  const entering: Verb[] = ['join', 'promote'];
  const overlaps =
    during(history, entering, { from: entry.from, to: entry.to, about: entry.whom }).length > 0;
  return givenBefore(history, entry)
    .filter(
      (given) => given.entry.who === entry.whom && isEnough(given) && !(overlaps && given.kind === 'primary'),
    )
    .filter(({ meetingId, attendeeId }) => stores.alive(meetingId, attendeeId))
    .map(({ kind }) => `the ${kind} attendee of ${entry.whom} lives still`);
}

/** After the answer to an end request, no credential that was given before is alive. */
function faultsOfEnding(history: History, entry: HistoryEntry, stores: Stores): string[] {
  if (!isDone(entry) || entry.verb !== 'end') return [];
  return givenBefore(history, entry)
    .filter(({ meetingId, attendeeId }) => stores.alive(meetingId, attendeeId))
    .map(({ kind, entry: their }) => `the ${kind} attendee of ${their.who} outlived it`);
}

const ENDS_PROMOTION: Verb[] = ['demote', 'remove', 'ban', 'leave', 'join'];
/** A promoted viewer who is not connected for longer than this may be taken off the stage (milliseconds). */
const STAYS_MS = 5000;

/** A viewer whose join was answered with `promoted` gets the credential for the stage, unless something ended the promotion. */
function faultsOfNotPromoted(history: History, entry: HistoryEntry, { topology }: Stores): string[] {
  const isRefused = entry.outcome?.kind === 'refused' && entry.outcome.code === 'NOT_PROMOTED';
  if (entry.verb !== 'promotion' || !isRefused) return [];
  const last = history.entries.findLast(({ who, verb, to }) => {
    return who === entry.who && verb === 'join' && to < entry.from;
  });
  const joined = last && joinedIn(last);
  if (!last || !joined?.promoted || joined.epoch !== topology?.epoch || entry.toMs - last.toMs > STAYS_MS)
    return [];
  const span = { from: last.from, to: entry.to, about: entry.who };
  const ended = during(history, ENDS_PROMOTION, span).filter(
    (one) => one !== last && !isOfOlderSession(one, joined),
  );
  return ended.length > 0 ? [] : ['they were told by their join that they are promoted'];
}

/** A leave request of an earlier session than that of this join: it has no effect on a later one. */
function isOfOlderSession({ verb, body }: HistoryEntry, { sessionId }: JoinedBody): boolean {
  const left = (body as { sessionId?: string }).sessionId;
  return verb === 'leave' && left !== undefined && left !== sessionId;
}

const givenBefore = ({ given }: History, entry: HistoryEntry) =>
  given.filter((one) => one.entry.to < entry.from);
