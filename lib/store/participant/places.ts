import type { Participant, StagePlace } from '../../domain/meeting/participant.ts';
import type { ChimeAttendee, Lease } from '../../domain/meeting/topology.ts';
import { all } from '../table.ts';
import { HAND } from './hands.ts';
import {
  changeParticipant,
  notBanned,
  noting,
  remembered,
  type Session,
  type Subject,
  sessionClause,
  unseenSince,
} from './participants.ts';

const leaseIsOurs = 'place.lease.#owner = :owner';
const claimIsOurs = `place.#state = :claimed AND ${leaseIsOurs}`;
const removalIsOurs = `place.#state = :leaving AND ${leaseIsOurs}`;
const isUnleased = 'place.#state <> :held AND place.lease.#until <= :now';
const seated = 'attribute_exists(seat) AND attribute_not_exists(seat.#left)';
const names = { '#state': 'state', '#until': 'until' };

/**
 * Win the right to create a person's attendee in the primary, or to finish removing it. Only one request at a time
 * may, so that two devices of one person end up with one attendee. A viewer is promoted only while seated.
 * `conflict`: the attendee exists, another request holds the lease, or the person may not enter.
 */
export async function claimPlace(
  subject: Subject,
  { lease, promoted, now }: { lease: Lease; promoted: boolean; now: number },
): Promise<'done' | 'conflict'> {
  const place: StagePlace = { state: 'claimed', lease, joinedAt: now, ...(promoted && { promoted }) };
  return changeParticipant(subject, {
    set: { role: subject.caller.role, place, ...remembered(now) },
    clauses: [`attribute_not_exists(place) OR (${isUnleased})`, ...(promoted ? [seated] : [])],
    own: claimIsOurs,
    names: { ...names, '#owner': 'owner', ...(promoted && { '#left': 'left' }) },
    values: { ':held': 'held', ':now': now, ':claimed': 'claimed', ':owner': lease.owner },
    always: [notBanned],
  });
}

/**
 * Record the attendee that the claim was for, and lower the person's hand. `conflict`: the claim is no longer ours,
 * or meanwhile the person was banned or lost the seat that the promotion needs.
 */
export async function occupyPlace(
  subject: Subject,
  {
    lease,
    Attendee,
    promoted,
    now,
  }: { lease: Lease; Attendee: ChimeAttendee; promoted: boolean; now: number },
): Promise<'done' | 'conflict'> {
  const place: StagePlace = { state: 'held', Attendee, joinedAt: now, ...(promoted && { promoted }) };
  return changeParticipant(subject, {
    set: { place },
    remove: [...HAND, 'stageReturn'],
    clauses: [leaseIsOurs, ...(promoted ? [seated] : [])],
    names: { '#owner': 'owner', ...(promoted && { '#left': 'left' }) },
    values: { ':owner': lease.owner },
    always: [notBanned],
  });
}

/**
 * Win the right to take a person off the stage. From then on no join is answered with the place. `conflict`: another
 * request holds the lease, or the person has another attendee than when the record was read. With `sessionId` also a
 * conflict if the person joined since that session.
 */
export async function startLeaving(
  subject: Subject,
  {
    place,
    lease,
    now,
    sessionId,
  }: { place: StagePlace; lease: Lease; now: number; sessionId?: string | undefined },
): Promise<'done' | 'conflict'> {
  const ofSession = sessionClause(sessionId);
  return changeParticipant(subject, {
    set: { place: { ...place, state: 'leaving', lease } },
    clauses: [`(${stillHeld(place)}) OR (${isUnleased})`, ...ofSession.clauses],
    own: removalIsOurs,
    names: { ...names, '#owner': 'owner' },
    values: {
      ...{ ':held': 'held', ':now': now, ':leaving': 'leaving', ':owner': lease.owner },
      ...ofSession.values,
      ...(place.Attendee && { ':id': place.Attendee.AttendeeId }),
    },
  });
}

const stillHeld = ({ Attendee }: StagePlace) =>
  `place.#state = :held${Attendee ? ' AND place.Attendee.AttendeeId = :id' : ''}`;

/**
 * Win the right to take a person off the stage who seems to be absent. `conflict`: the person made a request, or an
 * event about them came, since the record was read.
 */
export async function claimAbsent(
  subject: Subject,
  { place, lease, read }: { place: StagePlace; lease: Lease; read: Participant },
): Promise<'done' | 'conflict'> {
  const unseen = unseenSince(read, 'stagePresence');
  return changeParticipant(subject, {
    set: { place: { ...place, state: 'leaving', lease } },
    clauses: [all(stillHeld(place), 'place.joinedAt = :joinedAt', ...unseen.clauses)],
    own: removalIsOurs,
    names: { '#state': 'state', '#owner': 'owner', ...unseen.names },
    values: {
      ...{ ':held': 'held', ':leaving': 'leaving', ':owner': lease.owner, ':joinedAt': place.joinedAt },
      ...(place.Attendee && { ':id': place.Attendee.AttendeeId }),
      ...unseen.values,
    },
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
    clauses: ['place.#state = :held AND place.Attendee.AttendeeId = :id'],
    names: { '#state': 'state' },
    values: { ':held': 'held', ':id': Attendee.AttendeeId },
    always: [notBanned],
  });
}

/** Release a lease on unfinished work, so that the next request may continue at once. */
export async function releasePlace(subject: Subject, place: StagePlace & { lease: Lease }): Promise<void> {
  await changeParticipant(subject, {
    set: { place: { ...place, lease: { ...place.lease, until: 0 } } },
    clauses: [leaseIsOurs],
    names: { '#owner': 'owner' },
    values: { ':owner': place.lease.owner },
  });
}

/** Delete a place that has neither an attendee at Chime nor an entry in the stage set. */
export async function deletePlace(subject: Subject, lease: Lease): Promise<void> {
  await changeParticipant(subject, {
    remove: ['place'],
    clauses: [leaseIsOurs],
    names: { '#owner': 'owner' },
    values: { ':owner': lease.owner },
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
  const heldInVain = 'place.#state = :held AND place.Attendee.AttendeeId = :id';
  return changeParticipant(subject, {
    set: { place: { state: 'leaving', lease, joinedAt: now }, ...(!isBanned && remembered(now)) },
    always: [isBanned ? 'attribute_exists(bannedAt)' : notBanned],
    clauses: [`attribute_not_exists(place) OR (${isUnleased})${held ? ` OR (${heldInVain})` : ''}`],
    own: removalIsOurs,
    names: { ...names, '#owner': 'owner' },
    values: {
      ...{ ':held': 'held', ':now': now, ':leaving': 'leaving', ':owner': lease.owner },
      ...(held && { ':id': held }),
    },
  });
}
