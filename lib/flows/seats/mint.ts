import { allSettledOrThrow } from '../../all-settled.ts';
import type { Limiter } from '../../chime/ask.ts';
import { createAttendees, deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { BATCH_SIZE, runs, seatName } from '../../domain/meeting/seats.ts';
import type { ChimeAttendee } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

const ROUNDS_AT_MOST = 4;
/** A new meeting may not be found for a moment (milliseconds). */
const NOT_YET_MS = 400;

export type Minted = ChimeAttendee[] | 'gone' | 'later';
type Found = Map<string, ChimeAttendee>;
type Round = 'look' | 'made' | 'done' | 'throttled' | 'rate-limited' | 'full' | 'gone' | 'later';

interface Work {
  meetingId: string;
  names: string[];
  found: Found;
  limiter: Limiter;
}

export interface MintRequest {
  /** The number of the first seat. */
  from: number;
  seats: number;
  /** Whether some attendees may exist already. */
  lookFirst: boolean;
  /** Without it, each call waits for a permit of its own. */
  limiter?: Limiter | undefined;
}

/**
 * Create the attendees of some seats, a hundred per call, and return them in the order of the seats. Existing
 * attendees (`lookFirst`, or after a lost response) are found by name and not created twice. Seats after one that
 * Chime did not create are left out. If Chime is throttling or the rate limit is reached, the result is `later`.
 */
export async function mintSeats(
  meetingId: string,
  { from, seats, lookFirst, limiter }: MintRequest,
  context: RequestContext,
): Promise<Minted> {
  const names = Array.from({ length: seats }, (_, k) => seatName(from + k));
  const work = { meetingId, names, found: new Map(), limiter: limiter ?? chimeLimiter(context, 'long') };
  let last: Round = lookFirst ? 'look' : 'made';
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    if (last === 'gone') await context.pause(NOT_YET_MS);
    last = await mintRound(work, last);
    if (last === 'later') return last;
    if (last === 'done' || last === 'full' || last === 'rate-limited') break;
  }
  if (last === 'gone') return 'gone';
  const minted = inOrder(work);
  const isUnderWay = last === 'look' || last === 'throttled' || last === 'rate-limited';
  return isUnderWay || minted.length === 0 ? 'later' : minted;
}

async function mintRound(work: Work, last: Round): Promise<Round> {
  const { meetingId, names, found, limiter } = work;
  const seen = last === 'look' || last === 'gone' ? await lookFor(work) : 'made';
  if (seen !== 'made') return seen;
  const missing = names.filter((name) => !found.has(name));
  if (missing.length === 0) return 'done';
  const batches = runs(missing, BATCH_SIZE);
  const answers = await allSettledOrThrow(batches.map((batch) => createAttendees(limiter, meetingId, batch)));
  for (const answer of answers) if (!isChimeFailure(answer)) keep(answer.attendees, found);
  return worstOf(
    answers,
    missing.every((name) => found.has(name)),
  );
}

function worstOf(answers: (object | ChimeFailure)[], isComplete: boolean): Round {
  if (answers.includes('gone')) return 'gone';
  if (answers.includes('indeterminate')) return 'look';
  if (answers.includes('limit')) return 'full';
  if (answers.includes('rate-limited')) return 'rate-limited';
  if (answers.includes('throttled')) return 'throttled';
  return isComplete ? 'done' : 'made';
}

/** List which seats exist. A second attendee of one name has no holder but counts at Chime, so it is deleted. */
async function lookFor({ limiter, meetingId, found }: Work): Promise<'made' | 'gone' | 'later'> {
  const listed = await listAttendees(limiter, meetingId);
  if (listed === 'gone') return 'gone';
  if (isChimeFailure(listed)) return 'later';
  for (const { AttendeeId } of keep(listed.attendees, found))
    await deleteAttendee(limiter, meetingId, AttendeeId);
  return 'made';
}

/** Store the attendees by name. Returns those whose name another attendee already has. */
function keep(attendees: ChimeAttendee[], found: Found): ChimeAttendee[] {
  const surplus: ChimeAttendee[] = [];
  for (const attendee of attendees) {
    const holder = found.get(attendee.ExternalUserId);
    if (!holder) found.set(attendee.ExternalUserId, attendee);
    else if (holder.AttendeeId !== attendee.AttendeeId) surplus.push(attendee);
  }
  return surplus;
}

/** The seats before the first missing one, in their order. */
function inOrder({ names, found }: Work): ChimeAttendee[] {
  const gap = names.findIndex((name) => !found.has(name));
  const solid = gap === -1 ? names : names.slice(0, gap);
  return solid.map((name) => found.get(name) as ChimeAttendee);
}
