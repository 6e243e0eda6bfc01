import type { Call } from '../call.ts';
import { createAttendee, deleteAttendee, listAttendees } from '../chime/attendees.ts';
import type { FirstAttendee } from '../chime/meetings.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import type { ChimeAttendee } from '../domain/topology.ts';
import { takeTurn } from '../store/quota.ts';

/** How long one call may stand in line for the quota before its caller is asked to come again (milliseconds). */
const PATIENCE_MS = 800;

export type Made = { Attendee: ChimeAttendee } | { retryAfterMs: number } | Trouble;

/**
 * One attendee of this name in the primary, and only one: where one may exist already (`adopt`, or an answer
 * was lost) it is looked for first.
 */
export async function makeAttendee(
  meetingId: string,
  { first, adopt }: { first: FirstAttendee; adopt: boolean },
  call: Call,
): Promise<Made> {
  const found = adopt ? await lookFor(meetingId, first.ExternalUserId) : undefined;
  if (found) return found;
  const turn = await takeTurn('CreateAttendee', { calls: 1, now: call.now(), patienceMs: PATIENCE_MS });
  if ('retryAfterMs' in turn) return turn;
  await call.pause(turn.waitMs);
  const made = await createAttendee(meetingId, first);
  if (made === 'unknown') return (await lookFor(meetingId, first.ExternalUserId)) ?? 'unknown';
  return isTrouble(made) ? made : { Attendee: made };
}

/** Whoever could not be looked for may be there: that is `unknown`, whatever kept us from looking. */
async function lookFor(meetingId: string, externalUserId: string): Promise<Made | undefined> {
  const found = await findAttendee(meetingId, externalUserId);
  return typeof found === 'string' && found !== 'gone' ? 'unknown' : found;
}

/** The attendee of this name, if there is one; others of the same name are deleted. */
export async function findAttendee(meetingId: string, externalUserId: string): Promise<Made | undefined> {
  const listed = await listAttendees(meetingId);
  if (isTrouble(listed)) return listed;
  const [kept, ...others] = listed.attendees.filter((attendee) => attendee.ExternalUserId === externalUserId);
  for (const other of others) await deleteAttendee(meetingId, other.AttendeeId);
  return kept && { Attendee: kept };
}
