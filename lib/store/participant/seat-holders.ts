import type { Participant, Seat, StageReturn } from '../../domain/meeting/participant.ts';
import type { ChimeAttendee } from '../../domain/meeting/topology.ts';
import { all, any, type Clause } from '../conditions.ts';
import { seatKey } from '../keys.ts';
import {
  changeParticipant,
  inSession,
  notBanned,
  noting,
  remembered,
  type Session,
  type Subject,
  unseenSince,
} from './participants.ts';

/** A join that leads to this seat. The person is then present by this session. */
interface Joins {
  seat: Seat;
  session?: Session;
}

/** A join by which a viewer stays in a seat, or resumes it. */
interface JoinsAgain extends Joins {
  /** The attendee on stage of a promoted viewer, as read: the answer says that the promotion still holds. */
  onStage?: ChimeAttendee | undefined;
}

/**
 * Assign the seat of a ticket to a viewer. `assigned`: how many seats the viewer was assigned in this epoch before, as
 * read. It decides: two devices end up with one seat, and a repeated write conflicts if its seat was taken away meanwhile,
 * whose ticket is then retired. A seat that was read, of a replica that died, is replaced. Each ticket is drawn by one
 * request. `isUnread`: the record was not read; with a seat or a place in it, the write conflicts. A ticket that is already this viewer's counts as done, because the SDK may have repeated the write.
 */
export async function takeSeat(
  subject: Subject,
  {
    seat,
    assigned = 0,
    session,
    isUnread = false,
  }: Joins & { assigned?: number | undefined; isUnread?: boolean },
  now: number,
): Promise<'done' | 'conflict'> {
  const noted = noting(session);
  return changeParticipant(subject, {
    set: {
      role: subject.caller.role,
      seat,
      seatKey: seatKey(seat.meetingId, seat.ticket),
      assignments: assigned + 1,
      ...noted.set,
      ...remembered(now),
    },
    remove: noted.remove,
    clauses: [assignedSoFar(assigned), ...(isUnread ? [notOnStage] : [])],
    own: {
      expression: 'seat.ordinal = :ours AND seat.ticket = :drawn AND attribute_not_exists(seat.#left)',
      names: { '#left': 'left' },
      values: { ':ours': seat.ordinal, ':drawn': seat.ticket },
    },
    always: [notBanned],
  });
}

/** A person on stage has to leave it first. */
const notOnStage: Clause = 'attribute_not_exists(place)';

const assignedSoFar = (times: number): Clause =>
  times === 0
    ? 'attribute_not_exists(assignments)'
    : { expression: 'assignments = :times', values: { ':times': times } };

/** The promotion that a viewer leaves with, and what returning in time restores. */
export interface LeavesStage {
  attendeeId: string;
  stageReturn: StageReturn;
}

/**
 * Mark a seat as left. `conflict`: it is not this viewer's seat, or it was left before, at another time. With `from`
 * the same write records that returning in time leads back on stage, and conflicts if the viewer no longer has that
 * attendee there. With `sessionId` it also conflicts if the person joined since that session.
 */
export async function leaveSeat(
  subject: Subject,
  seat: Seat,
  { now, from, sessionId }: { now: number; from?: LeavesStage | undefined; sessionId?: string | undefined },
): Promise<'done' | 'conflict'> {
  const onStage = from ? [holdsAttendee(from.attendeeId)] : [];
  return changeParticipant(subject, {
    set: { seat: { ...seat, left: true, leftAt: now }, ...(from && { stageReturn: from.stageReturn }) },
    clauses: [sameTicket(seat), notLeft, ...onStage, ...inSession(sessionId)],
    own: all(sameTicket(seat), { expression: 'seat.leftAt = :now', values: { ':now': now } }),
  });
}

const holdsAttendee = (attendeeId: string): Clause => ({
  expression: 'place.#state = :held AND place.Attendee.AttendeeId = :id',
  names: { '#state': 'state' },
  values: { ':held': 'held', ':id': attendeeId },
});

/** Delete the viewer's right to return to the stage, after a demotion. Idempotent. */
export async function forgetStageReturn(subject: Subject): Promise<void> {
  await changeParticipant(subject, { remove: ['stageReturn'], clauses: ['attribute_exists(stageReturn)'] });
}

/**
 * Resume the seat that the viewer had left, as of `now`. `conflict`: the record is not as it was read. A leave that is under
 * way cannot take the viewer `onStage` off the stage after this write, because the session is another one.
 */
export async function returnToSeat(
  subject: Subject,
  joins: JoinsAgain,
  now: number,
): Promise<'done' | 'conflict'> {
  const { left: _, leftAt: __, ...kept } = joins.seat;
  const takenUp = { ...kept, joinedAt: now };
  const clause = any(isLeft, 'seat.joinedAt = :seenAt'); // the latter if the SDK repeated the write
  return confirmSeat(subject, { ...joins, set: { seat: takenUp }, clause, now });
}

/**
 * Confirm that the viewer is still in the seat, and on stage if `onStage`, as of `now`. `conflict`: the record is not as it
 * was read. After this write, the reconciler cannot take the seat away based on an earlier read.
 */
export async function stayInSeat(
  subject: Subject,
  joins: JoinsAgain,
  now: number,
): Promise<'done' | 'conflict'> {
  return confirmSeat(subject, { ...joins, clause: notLeft, now });
}

interface Confirmed extends JoinsAgain {
  set?: { seat: Seat };
  clause: Clause;
  now: number;
}

async function confirmSeat(
  subject: Subject,
  { seat, set, session, onStage, clause, now }: Confirmed,
): Promise<'done' | 'conflict'> {
  const noted = noting(session);
  return changeParticipant(subject, {
    set: { ...set, ...noted.set, role: subject.caller.role, seenAt: now },
    remove: noted.remove,
    clauses: [sameTicket(seat), clause, ...(onStage ? [holdsAttendee(onStage.AttendeeId)] : [])],
    always: [notBanned],
  });
}

const sameTicket = ({ ordinal, ticket }: Seat): Clause => ({
  expression: 'seat.ordinal = :ordinal AND seat.ticket = :ticket',
  values: { ':ordinal': ordinal, ':ticket': ticket },
});
const isRevoked = (seat: Seat): Clause => ({
  expression: 'revoked.ordinal = :ordinal AND revoked.ticket = :ticket',
  values: { ':ordinal': seat.ordinal, ':ticket': seat.ticket },
});
const isLeft: Clause = { expression: 'attribute_exists(seat.#left)', names: { '#left': 'left' } };
const notLeft: Clause = { ...isLeft, expression: 'attribute_not_exists(seat.#left)' };

/** Why a seat is taken away: a host removes the viewer, or the reconciler found no evidence of presence in `read`. */
export type Reason = 'removal' | { read: Pick<Participant, 'seenAt' | 'presence'> };

/**
 * Take a viewer's seat away, and record it as `revoked` until its attendee is deleted and counted. `conflict`: the
 * record is not as it was read. Whether the seat was left decides how it is counted, and a viewer who resumed it
 * keeps it. The reconciler also conflicts with a request or a connection of the viewer since the record was read. A
 * seat that is already revoked counts as done, because the SDK may have repeated the write. A seat that the viewer
 * took since is not touched.
 */
export async function takeSeatAway(
  subject: Subject,
  seat: Seat,
  reason: Reason,
): Promise<'done' | 'conflict'> {
  const unseen = reason === 'removal' ? [] : [unseenSince(reason.read, 'presence')];
  const sameStay = { expression: 'seat.joinedAt = :joinedAt', values: { ':joinedAt': seat.joinedAt } };
  return changeParticipant(subject, {
    set: { revoked: seat },
    remove: ['seat', 'seatKey', 'stageReturn'],
    clauses: [sameTicket(seat), sameStay, seat.left ? isLeft : notLeft, ...unseen],
    own: all('attribute_not_exists(seat)', isRevoked(seat)),
  });
}

/** Delete the record of a revoked seat that was deleted and counted. */
export async function forgetRevoked(subject: Subject, seat: Seat): Promise<void> {
  await changeParticipant(subject, {
    remove: ['revoked'],
    clauses: [isRevoked(seat)],
  });
}
