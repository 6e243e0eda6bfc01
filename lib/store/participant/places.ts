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
const nobodyIsAtIt = 'place.#state <> :held AND place.lease.#until <= :now';
const seated = 'attribute_exists(seat) AND attribute_not_exists(seat.#left)';
const names = { '#state': 'state', '#until': 'until' };

/**
 * Win the right to make, or to finish removing, somebody's attendee in the primary. One at a time: two
 * devices of one person end up with one attendee. A viewer is promoted only out of a seat. `lost` means that
 * the attendee exists, that somebody is at it, or that they may not.
 */
export async function claimPlace(
  subject: Subject,
  { lease, promoted, now }: { lease: Lease; promoted: boolean; now: number },
): Promise<'done' | 'conflict'> {
  const place: StagePlace = { state: 'claimed', lease, joinedAt: now, ...(promoted && { promoted }) };
  return changeParticipant(subject, {
    set: { role: subject.caller.role, place, ...remembered(now) },
    clauses: [`attribute_not_exists(place) OR (${nobodyIsAtIt})`, ...(promoted ? [seated] : [])],
    own: claimIsOurs,
    names: { ...names, '#owner': 'owner', ...(promoted && { '#left': 'left' }) },
    values: { ':held': 'held', ':now': now, ':claimed': 'claimed', ':owner': lease.owner },
    always: [notBanned],
  });
}

/**
 * Write down the attendee that the claim was for; their hand is lowered by it. `lost` where the claim is no
 * longer ours, or where they were banned, or lost the seat they were promoted out of, meanwhile.
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
 * Win the right to take somebody off the stage; from now on the place answers no join. `lost` where somebody is
 * at it, or where they hold another attendee than when their record was read; with `sessionId` also where the person joined since that
 * session.
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
    clauses: [`(${stillHeld(place)}) OR (${nobodyIsAtIt})`, ...ofSession.clauses],
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
 * Win the right to take a person off the stage who seems to be absent. `lost` where they made a request, or an event told of them,
 * since their record was read.
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
 * Confirm that a person still holds this attendee, before it is shown again. With `now` no absence takes it that was read before; with
 * `session` the person is there by it, and the goodbye of an older one takes nothing. `lost` where it is not as it was read.
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

/** Put down what could not be finished, so that the next one may go on with it at once. */
export async function releasePlace(subject: Subject, place: StagePlace & { lease: Lease }): Promise<void> {
  await changeParticipant(subject, {
    set: { place: { ...place, lease: { ...place.lease, until: 0 } } },
    clauses: [leaseIsOurs],
    names: { '#owner': 'owner' },
    values: { ':owner': place.lease.owner },
  });
}

/** Forget a place that no attendee and no stage name stands behind any more. */
export async function deletePlace(subject: Subject, lease: Lease): Promise<void> {
  await changeParticipant(subject, {
    remove: ['place'],
    clauses: [leaseIsOurs],
    names: { '#owner': 'owner' },
    values: { ':owner': lease.owner },
  });
}

/**
 * Win the right to take somebody off the stage whom no record has there by right: who has no place, whose claim ran
 * out, or (`held`) who holds an attendee that is gone at Chime. The record of a person who was never seen expires as any other; the one
 * of a banned person (`isBanned`, as it was read) does not, and `lost` where that changed meanwhile.
 */
export async function claimRemoval(
  subject: Subject,
  { lease, held, isBanned, now }: { lease: Lease; held: string | undefined; isBanned: boolean; now: number },
): Promise<'done' | 'conflict'> {
  const heldInVain = 'place.#state = :held AND place.Attendee.AttendeeId = :id';
  return changeParticipant(subject, {
    set: { place: { state: 'leaving', lease, joinedAt: now }, ...(!isBanned && remembered(now)) },
    always: [isBanned ? 'attribute_exists(bannedAt)' : notBanned],
    clauses: [`attribute_not_exists(place) OR (${nobodyIsAtIt})${held ? ` OR (${heldInVain})` : ''}`],
    own: removalIsOurs,
    names: { ...names, '#owner': 'owner' },
    values: {
      ...{ ':held': 'held', ':now': now, ':leaving': 'leaving', ':owner': lease.owner },
      ...(held && { ':id': held }),
    },
  });
}
