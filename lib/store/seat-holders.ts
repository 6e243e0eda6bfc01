import type { Seat } from '../domain/participant.ts';
import { seatKey } from './keys.ts';
import { changeParticipant, notBanned, remembered, type Subject } from './participants.ts';

/**
 * Write down whose seat this ticket is, unless they hold one already: two devices end up with one seat. A seat of
 * a replica that died is none, and is replaced.
 */
export async function takeSeat(
  subject: Subject,
  { seat, instead }: { seat: Seat; instead?: Seat | undefined },
  now: number,
): Promise<'done' | 'lost'> {
  const noSeat = 'attribute_not_exists(seat)';
  return changeParticipant(subject, {
    set: {
      role: subject.caller.role,
      seat,
      seatKey: seatKey(seat.meetingId, seat.ticket),
      ...remembered(now),
    },
    clauses: [instead ? `${noSeat} OR (${sameTicket})` : noSeat],
    values: instead ? ticketOf(instead) : {},
    always: [notBanned],
  });
}

/** Mark a seat as given back. `lost` where it was not theirs to give, or given back before. */
export async function leaveSeat(subject: Subject, seat: Seat, now: number): Promise<'done' | 'lost'> {
  return changeParticipant(subject, {
    set: { seat: { ...seat, left: true, leftAt: now } },
    clauses: [sameTicket, 'attribute_not_exists(seat.#left)'],
    names: { '#left': 'left' },
    values: ticketOf(seat),
  });
}

/** Take up again the seat that they had left. `lost` where it is not as it was read. */
export async function returnToSeat(subject: Subject, seat: Seat): Promise<'done' | 'lost'> {
  return takeUp(subject, seat, 'seat.#left = :left');
}

/** Stay in the seat that they were seen to go from: who joined it later than that is not gone. `lost` where it is not theirs. */
export async function stayInSeat(subject: Subject, seat: Seat): Promise<'done' | 'lost'> {
  return takeUp(subject, seat, 'attribute_not_exists(seat.#left)');
}

async function takeUp(subject: Subject, seat: Seat, clause: string): Promise<'done' | 'lost'> {
  const { left: _, leftAt: __, ...takenUp } = seat;
  return changeParticipant(subject, {
    set: { seat: takenUp, role: subject.caller.role },
    clauses: [sameTicket, clause],
    names: { '#left': 'left' },
    values: { ...ticketOf(seat), ...(clause.includes(':left') && { ':left': true }) },
    always: [notBanned],
  });
}

const sameTicket = 'seat.ordinal = :ordinal AND seat.ticket = :ticket';
const ticketOf = (seat: Seat) => ({ ':ordinal': seat.ordinal, ':ticket': seat.ticket });

/**
 * Take somebody's seat from them, and remember it until its attendee is deleted and counted. `lost` where it is not
 * as it was read: whether it was given back decides how it is counted, and who took it up again keeps it.
 */
export async function takeSeatAway(subject: Subject, seat: Seat): Promise<'done' | 'lost'> {
  return changeParticipant(subject, {
    set: { revoked: seat },
    remove: ['seat', 'seatKey'],
    clauses: [
      sameTicket,
      'seat.joinedAt = :joinedAt',
      `attribute_${seat.left ? 'exists' : 'not_exists'}(seat.#left)`,
    ],
    names: { '#left': 'left' },
    values: { ...ticketOf(seat), ':joinedAt': seat.joinedAt },
  });
}

/** The seat that was taken away is dealt with. */
export async function forgetRevoked(subject: Subject, seat: Seat): Promise<void> {
  await changeParticipant(subject, {
    remove: ['revoked'],
    clauses: ['revoked.ordinal = :ordinal AND revoked.ticket = :ticket'],
    values: ticketOf(seat),
  });
}
