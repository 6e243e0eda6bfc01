import type { Verb } from '../actors/operations.ts';
import { bugIn, type Deed, during, type Given, givenBy, isDone, subjectOf, type Witness } from './history.ts';
import type { Stores } from './stores.ts';

/** The faults of an answer, given all earlier answers. Called when the answer is given. */
export function answerFaults(witness: Witness, deed: Deed, stores: Stores): string[] {
  const given = givenBy(deed, stores.topology?.epoch ?? 0);
  const faults = [
    ...(given ? faultsOfGiven(witness, given, stores) : []),
    ...faultsOfPuttingOut(witness, deed, stores),
    ...faultsOfEnding(witness, deed, stores),
  ];
  if (given) witness.given.push(given);
  const bug = bugIn(deed);
  return (bug ? [bug, ...faults] : faults).map((fault) => `${deed.who} asked ${deed.verb}: ${fault}`);
}

function faultsOfGiven(witness: Witness, given: Given, stores: Stores): string[] {
  return [
    ...someoneElses(witness, given),
    ...anotherThanBefore(witness, given, stores),
    ...notTheirs(witness, given),
    ...afterBan(witness, given, stores),
    ...afterEnd(witness, given, stores),
  ];
}

/** An attendee belongs to one person, ever. */
function someoneElses({ holders }: Witness, { attendeeId, deed }: Given): string[] {
  const first = holders.get(attendeeId) ?? deed.who;
  holders.set(attendeeId, first);
  return first === deed.who ? [] : [`was given the attendee of ${first}`];
}

const PUTS_OUT_OF_SEAT: Verb[] = ['remove', 'ban'];
const TAKES_OFF_STAGE: Verb[] = ['remove', 'ban', 'demote', 'leave', 'join'];

/** The same person gets the same attendee, unless it was removed in between or Chime's meeting died. */
function anotherThanBefore(witness: Witness, given: Given, stores: Stores): string[] {
  const { deed, kind, epoch, attendeeId } = given;
  const before = witness.given.filter(
    (one) => one.deed.who === deed.who && one.kind === kind && one.epoch === epoch,
  );
  return before
    .filter((one) => one.attendeeId !== attendeeId)
    .flatMap((one) => {
      const span = { from: one.deed.from, to: deed.to, about: deed.who };
      const verbs = kind === 'replica' ? PUTS_OUT_OF_SEAT : TAKES_OFF_STAGE;
      const took = during(witness, verbs, span).filter(
        ({ verb, role }) => verb !== 'join' || role === 'viewer',
      );
      const isDead = !stores.live.some(({ meetingId }) => meetingId === one.meetingId);
      // A person who had left may return after the reconciler has replaced their seat.
      const hadLeft = during(witness, ['leave'], span).length > 0;
      const isReplaced = hadLeft && !stores.alive(one.meetingId, one.attendeeId);
      return took.length > 0 || isDead || isReplaced
        ? []
        : [`was given another ${kind} attendee than before`];
    });
}

/** The primary is for hosts, presenters and promoted viewers. Its attendees go by the persons' own names. */
function notTheirs(witness: Witness, { deed, kind, by }: Given): string[] {
  if (kind === 'replica') return deed.role === 'viewer' ? [] : [`a ${deed.role} was sent to a replica`];
  if (by === 'join') return deed.role === 'viewer' ? ['a viewer was given an attendee of the primary'] : [];
  const lastDemotion = lastDone(witness, 'demote', deed);
  const granted = during(witness, ['promote'], { from: lastDemotion, to: deed.to, about: deed.who });
  return granted.length > 0 ? [] : ['they were not promoted'];
}

/** When the last of these requests that ended before another began was sent. 0 where there was none. */
function lastDone({ deeds }: Witness, verb: Verb, before: Deed): number {
  const over = deeds.filter(
    (deed) => deed.verb === verb && subjectOf(deed) === before.who && deed.to < before.from && isDone(deed),
  );
  return Math.max(0, ...over.map(({ from }) => from));
}

/** A banned person gets nothing that lives once the ban is answered, until a host lifts it. */
function afterBan(witness: Witness, { deed, meetingId, attendeeId }: Given, stores: Stores): string[] {
  const bans = witness.deeds.filter(
    (one) => one.verb === 'ban' && one.whom === deed.who && isDone(one) && one.to < deed.to,
  );
  return bans.flatMap((ban) => {
    const isLifted = during(witness, ['unban'], { from: ban.from, to: deed.to, about: deed.who }).length > 0;
    if (isLifted) return [];
    if (deed.from > ban.to) return ['was let in although banned'];
    return stores.alive(meetingId, attendeeId) ? ['was given a living attendee although banned'] : [];
  });
}

/** A request after the end gets no seat until a host opens the name again, whatever a container has cached. */
function afterEnd(witness: Witness, { deed }: Given, { forgottenAt }: Stores): string[] {
  const ends = witness.deeds.filter(
    (one) => one.verb === 'end' && isDone(one) && one.to < deed.from && one.to > forgottenAt,
  );
  const last = ends
    .filter((end) => during(witness, ['create', 'reopen'], { from: end.from, to: deed.to }).length === 0)
    .at(0);
  return last ? ['was let in although the meeting had ended'] : [];
}

/** A removed person is out once the removal is answered: their earlier credentials are deleted. */
function faultsOfPuttingOut(witness: Witness, deed: Deed, stores: Stores): string[] {
  if (!isDone(deed) || !['remove', 'ban', 'demote'].includes(deed.verb)) return [];
  const isEnough = (given: Given) => deed.verb !== 'demote' || given.by === 'promotion';
  const entering: Verb[] = ['join', 'promote'];
  const overlaps = during(witness, entering, { from: deed.from, to: deed.to, about: deed.whom }).length > 0;
  return givenBefore(witness, deed)
    .filter(
      (given) => given.deed.who === deed.whom && isEnough(given) && !(overlaps && given.kind === 'primary'),
    )
    .filter(({ meetingId, attendeeId }) => stores.alive(meetingId, attendeeId))
    .map(({ kind }) => `the ${kind} attendee of ${deed.whom} lives still`);
}

/** Once the end is answered, no credential given before is alive. */
function faultsOfEnding(witness: Witness, deed: Deed, stores: Stores): string[] {
  if (!isDone(deed) || deed.verb !== 'end') return [];
  return givenBefore(witness, deed)
    .filter(({ meetingId, attendeeId }) => stores.alive(meetingId, attendeeId))
    .map(({ kind, deed: their }) => `the ${kind} attendee of ${their.who} outlived it`);
}

const givenBefore = ({ given }: Witness, deed: Deed) => given.filter((one) => one.deed.to < deed.from);
