import type { Call } from '../call.ts';
import { BATCH_SIZE, createAttendees, deleteAttendee, listAttendees } from '../chime/attendees.ts';
import { isTrouble } from '../chime/trouble.ts';
import { runs, seatName } from '../domain/seats.ts';
import type { ChimeAttendee } from '../domain/topology.ts';
import { takeTurn } from '../store/quota.ts';

const ROUNDS_AT_MOST = 4;
const PATIENCE_MS = 3000;

export type Minted = ChimeAttendee[] | 'gone' | { retryAfterMs: number };
type Found = Map<string, ChimeAttendee>;

/**
 * Make the attendees of all seats, a hundred a call, and give them in the order of the seats. What exists
 * already (`lookFirst`, or after a lost answer) is found by its name and not made twice. Seats after one that
 * Chime would not make are left out; where Chime only asks for patience, all is left for later.
 */
export async function mintSeats(
  meetingId: string,
  { seats, lookFirst }: { seats: number; lookFirst: boolean },
  call: Call,
): Promise<Minted> {
  const names = Array.from({ length: seats }, (_, seat) => seatName(seat));
  const found: Found = new Map();
  let last: Round = lookFirst ? 'look' : 'made';
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const seen = last === 'look' ? await lookFor(meetingId, found) : 'made';
    if (seen !== 'made') return seen;
    const missing = names.filter((name) => !found.has(name));
    if (missing.length === 0) return inOrder(names, found);
    last = await mintMissing(meetingId, { missing, found }, call);
    if (last === 'gone' || typeof last === 'object') return last;
    if (last === 'full') break;
  }
  const seatsInOrder = inOrder(names, found);
  const isUnderWay = last === 'look' || last === 'throttled';
  return isUnderWay || seatsInOrder.length === 0 ? LATER : seatsInOrder;
}

const LATER = { retryAfterMs: 1000 };

type Round = 'made' | 'look' | 'throttled' | 'full' | 'gone' | { retryAfterMs: number };

async function mintMissing(
  meetingId: string,
  { missing, found }: { missing: string[]; found: Found },
  call: Call,
): Promise<Round> {
  const batches = runs(missing, BATCH_SIZE);
  const ask = { calls: batches.length, now: call.now(), patienceMs: PATIENCE_MS };
  const turn = await takeTurn('BatchCreateAttendee', ask);
  if ('retryAfterMs' in turn) return turn;
  await call.pause(turn.waitMs);
  const answers = await Promise.all(batches.map((batch) => createAttendees(meetingId, batch)));
  for (const answer of answers) if (!isTrouble(answer)) keep(answer.attendees, found);
  if (answers.includes('gone')) return 'gone';
  if (answers.includes('unknown')) return 'look';
  if (answers.includes('limit')) return 'full';
  return answers.includes('throttled') ? 'throttled' : 'made';
}

/** Learn which seats exist. A second attendee of one name is nobody's, and would count: it is deleted. */
async function lookFor(meetingId: string, found: Found): Promise<'made' | 'gone' | typeof LATER> {
  const listed = await listAttendees(meetingId);
  if (listed === 'gone') return 'gone';
  if (isTrouble(listed)) return LATER;
  for (const surplus of keep(listed.attendees, found)) await deleteAttendee(meetingId, surplus.AttendeeId);
  return 'made';
}

/** Note the attendees by name; those whose name is held by another attendee are given back. */
function keep(attendees: ChimeAttendee[], found: Found): ChimeAttendee[] {
  const surplus: ChimeAttendee[] = [];
  for (const attendee of attendees) {
    const holder = found.get(attendee.ExternalUserId);
    if (!holder) found.set(attendee.ExternalUserId, attendee);
    else if (holder.AttendeeId !== attendee.AttendeeId) surplus.push(attendee);
  }
  return surplus;
}

function inOrder(names: string[], found: Found): ChimeAttendee[] {
  const gap = names.findIndex((name) => !found.has(name));
  const solid = gap === -1 ? names : names.slice(0, gap);
  return solid.map((name) => found.get(name) as ChimeAttendee);
}
