import type { Limiter } from '../../chime/ask.ts';
import { createAttendee, deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { FirstAttendee } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { ChimeAttendee } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

export type Made = { Attendee: ChimeAttendee } | ChimeFailure;

/**
 * Get the only attendee of this user id in the primary. If one may exist already (`adopt`, or after a lost
 * response), it is looked for first.
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

/** The attendee, if it exists. `indeterminate`: it may exist, because Chime did not list the attendees. */
async function lookFor(
  meetingId: string,
  externalUserId: string,
  context: RequestContext,
): Promise<Made | undefined> {
  const found = await findAttendee(chimeLimiter(context), meetingId, externalUserId);
  return typeof found === 'string' && found !== 'gone' ? 'indeterminate' : found;
}

/** The attendee of this user id, if there is one; duplicates are deleted. */
export async function findAttendee(
  limiter: Limiter,
  meetingId: string,
  externalUserId: string,
): Promise<Made | undefined> {
  const listed = await listAttendees(limiter, meetingId);
  if (isChimeFailure(listed)) return listed;
  const [kept, ...others] = listed.attendees.filter((attendee) => attendee.ExternalUserId === externalUserId);
  for (const other of others) await deleteAttendee(limiter, meetingId, other.AttendeeId);
  return kept && { Attendee: kept };
}
