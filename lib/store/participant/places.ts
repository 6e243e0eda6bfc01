import type { Participant, StagePlace, StageReturn } from '../../domain/meeting/participant.ts';
import type { ChimeAttendee, Lease } from '../../domain/meeting/topology.ts';
import { all, any, type Clause } from '../conditions.ts';
import { HAND } from './hands.ts';
import {
  changeParticipant,
  inSession,
  isSeated,
  isUnleased,
  notBanned,
  noting,
  remembered,
  type Session,
  type Subject,
  unseenSince,
} from './participants.ts';

const leaseIsOurs = ({ owner }: Lease): Clause => ({
  expression: 'place.lease.#owner = :owner',
  names: { '#owner': 'owner' },
  values: { ':owner': owner },
});
const stateIs = (state: StagePlace['state']): Clause => ({
  expression: `place.#state = :${state}`,
  names: { '#state': 'state' },
  values: { [`:${state}`]: state },
});
const attendeeIs = (AttendeeId: string): Clause => ({
  expression: 'place.Attendee.AttendeeId = :id',
  values: { ':id': AttendeeId },
});
const stillHeld = ({ Attendee }: StagePlace): Clause =>
  all(stateIs('held'), ...(Attendee ? [attendeeIs(Attendee.AttendeeId)] : []));
const noPlace = 'attribute_not_exists(place)';

/** The conditions on which a person enters the stage, beside the place itself. */
const entitled = ({ promoted, returning }: Entry): Clause[] => [
  ...(promoted ? [isSeated] : []),
  ...(returning ? [mayReturn(returning)] : []),
];
const mayReturn = ({ until }: StageReturn): Clause => ({
  expression: 'stageReturn.#until = :returnUntil',
  names: { '#until': 'until' },
  values: { ':returnUntil': until },
});

const kindOf = ({ promoted, returning }: Entry): Pick<StagePlace, 'promoted' | 'returned'> => ({
  ...(promoted && { promoted }),
  ...(returning && { returned: true }),
});

/** How a person enters the stage. */
export interface Entry {
  /** As a promoted viewer, who has to be seated. */
  promoted: boolean;
  /** By a return to the stage, which a demotion prevents by deleting it from the record. */
  returning?: StageReturn | undefined;
}

/**
 * Win the right to create a person's attendee in the primary, or to finish removing it. Only one request at a time
 * may, so that two devices of one person end up with one attendee. A viewer is promoted only while seated.
 * `conflict`: the attendee exists, another request holds the lease, or the person may not enter.
 */
export async function claimPlace(
  subject: Subject,
  { lease, now, ...entry }: Entry & { lease: Lease; now: number },
): Promise<'done' | 'conflict'> {
  const place: StagePlace = { state: 'claimed', lease, joinedAt: now, ...kindOf(entry) };
  return changeParticipant(subject, {
    set: { role: subject.caller.role, place, ...remembered(now) },
    clauses: [any(noPlace, isUnleased(now)), ...entitled(entry)],
    own: all(stateIs('claimed'), leaseIsOurs(lease)),
    always: [notBanned],
  });
}

/**
 * Record the attendee that the claim was for, and lower the person's hand. `conflict`: the claim is no longer ours,
 * or meanwhile the person was banned, lost the seat that the promotion needs, or was demoted while returning.
 */
export async function occupyPlace(
  subject: Subject,
  { lease, Attendee, now, ...entry }: Entry & { lease: Lease; Attendee: ChimeAttendee; now: number },
): Promise<'done' | 'conflict'> {
  const place: StagePlace = { state: 'held', Attendee, joinedAt: now, ...kindOf(entry) };
  return changeParticipant(subject, {
    set: { place },
    remove: [...HAND, 'stageReturn'],
    clauses: [leaseIsOurs(lease), ...entitled(entry)],
    always: [notBanned],
  });
}

/**
 * Win the right to take a person off the stage. From then on no join is answered with the place. `conflict`: another
 * request holds the lease, or the person has another attendee than when the record was read. With `sessionId` also a
 * conflict if the person joined since that session. With `forGood` no return to the stage is possible any more.
 */
export async function startLeaving(
  subject: Subject,
  {
    place,
    lease,
    now,
    sessionId,
    forGood = false,
  }: {
    place: StagePlace;
    lease: Lease;
    now: number;
    sessionId?: string | undefined;
    forGood?: boolean | undefined;
  },
): Promise<'done' | 'conflict'> {
  return changeParticipant(subject, {
    set: { place: { ...place, state: 'leaving', lease } },
    remove: forGood ? ['stageReturn'] : [],
    clauses: [any(stillHeld(place), isUnleased(now)), ...inSession(sessionId)],
    own: all(stateIs('leaving'), leaseIsOurs(lease)),
  });
}

/**
 * Win the right to take a person off the stage who seems to be absent. `conflict`: the person made a request, or an
 * event about them came, since the record was read.
 */
export async function claimAbsent(
  subject: Subject,
  { place, lease, read }: { place: StagePlace; lease: Lease; read: Participant },
): Promise<'done' | 'conflict'> {
  const sameStay = { expression: 'place.joinedAt = :joinedAt', values: { ':joinedAt': place.joinedAt } };
  return changeParticipant(subject, {
    set: { place: { ...place, state: 'leaving', lease } },
    clauses: [stillHeld(place), sameStay, unseenSince(read, 'stagePresence')],
    own: all(stateIs('leaving'), leaseIsOurs(lease)),
  });
}

/**
 * Confirm that a person still holds this attendee, before it is returned again. With `now`, a reconciler that read
 * the record before cannot take the person for absent. With `session`, a leave of an older session no longer
 * applies. `conflict`: the record is not as it was read.
 */
export async function confirmPlace(
  subject: Subject,
  { Attendee, now, session }: { Attendee: ChimeAttendee; now?: number; session?: Session },
): Promise<'done' | 'conflict'> {
  const noted = noting(session);
  return changeParticipant(subject, {
    set: { ...(now && { seenAt: now }), ...noted.set },
    remove: noted.remove,
    clauses: [stateIs('held'), attendeeIs(Attendee.AttendeeId)],
    always: [notBanned],
  });
}

/** Release a lease on unfinished work, so that the next request may continue at once. */
export async function releasePlace(subject: Subject, place: StagePlace & { lease: Lease }): Promise<void> {
  await changeParticipant(subject, {
    set: { place: { ...place, lease: { ...place.lease, until: 0 } } },
    clauses: [leaseIsOurs(place.lease)],
  });
}

/** Delete a place that has neither an attendee at Chime nor an entry in the stage set. */
export async function deletePlace(subject: Subject, lease: Lease): Promise<void> {
  await changeParticipant(subject, {
    remove: ['place'],
    clauses: [leaseIsOurs(lease)],
  });
}

/**
 * Win the right to take a person off the stage whose record does not justify being there. There is no place, its
 * lease expired, or its attendee (`held`) is gone at Chime. The record of an unknown person expires like any other;
 * the record of a banned person (`isBanned`, as read) does not. `conflict` if that changed meanwhile.
 */
export async function claimRemoval(
  subject: Subject,
  { lease, held, isBanned, now }: { lease: Lease; held: string | undefined; isBanned: boolean; now: number },
): Promise<'done' | 'conflict'> {
  const heldInVain = held === undefined ? [] : [all(stateIs('held'), attendeeIs(held))];
  return changeParticipant(subject, {
    set: { place: { state: 'leaving', lease, joinedAt: now }, ...(!isBanned && remembered(now)) },
    always: [isBanned ? 'attribute_exists(bannedAt)' : notBanned],
    clauses: [any(noPlace, isUnleased(now), ...heldInVain)],
    own: all(stateIs('leaving'), leaseIsOurs(lease)),
  });
}
