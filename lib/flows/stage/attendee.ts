import type { Line } from '../../chime/ask.ts';
import { createAttendee, deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { FirstAttendee } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { ChimeAttendee } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

export type Made = { Attendee: ChimeAttendee } | ChimeFailure;

/**
 * One attendee of this name in the primary, and only one: where one may exist already (`adopt`, or an answer
 * was lost) it is looked for first.
 */
export async function makeAttendee(
  meetingId: string,
  { first, adopt }: { first: FirstAttendee; adopt: boolean },
  context: RequestContext,
): Promise<Made> {
  const found = adopt ? await lookFor(meetingId, first.ExternalUserId, context) : undefined;
  if (found) return found;
  const made = await createAttendee(chimeLimiter(context), meetingId, first);
  if (made === 'indeterminate')
    return (await lookFor(meetingId, first.ExternalUserId, context)) ?? 'indeterminate';
  return isChimeFailure(made) ? made : { Attendee: made };
}

/** Whoever could not be looked for may be there: that is `unknown`, whatever kept us from looking. */
async function lookFor(
  meetingId: string,
  externalUserId: string,
  context: RequestContext,
): Promise<Made | undefined> {
  const found = await findAttendee(chimeLimiter(context), meetingId, externalUserId);
  return typeof found === 'string' && found !== 'gone' ? 'indeterminate' : found;
}

/** The attendee of this name, if there is one; others of the same name are deleted. */
export async function findAttendee(
  line: Line,
  meetingId: string,
  externalUserId: string,
): Promise<Made | undefined> {
  const listed = await listAttendees(line, meetingId);
  if (isChimeFailure(listed)) return listed;
  const [kept, ...others] = listed.attendees.filter((attendee) => attendee.ExternalUserId === externalUserId);
  for (const other of others) await deleteAttendee(line, meetingId, other.AttendeeId);
  return kept && { Attendee: kept };
}
