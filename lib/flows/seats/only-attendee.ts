import { createAttendee, deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { FirstAttendee, Opened } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { ChimeAttendee } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';

/**
 * The only attendee of a primary that is about to be published. A meeting that was taken over may have the attendee
 * of the request that crashed, which no record names. It is deleted, and this caller's attendee is found or created.
 */
export async function onlyAttendee(
  opened: Opened,
  { first, isNew }: { first: FirstAttendee; isNew: boolean },
  context: RequestContext,
): Promise<ChimeAttendee | ChimeFailure> {
  const [only, ...others] = opened.attendees;
  if (isNew && others.length === 0 && only?.ExternalUserId === first.ExternalUserId) return only;
  return clearedFor(opened.Meeting.MeetingId, first, context);
}

async function clearedFor(
  meetingId: string,
  first: FirstAttendee,
  context: RequestContext,
): Promise<ChimeAttendee | ChimeFailure> {
  const limiter = chimeLimiter(context);
  const listed = await listAttendees(limiter, meetingId);
  if (isChimeFailure(listed)) return listed;
  const mine = listed.attendees.find((attendee) => attendee.ExternalUserId === first.ExternalUserId);
  for (const stranger of listed.attendees.filter((attendee) => attendee !== mine)) {
    const deleted = await deleteAttendee(limiter, meetingId, stranger.AttendeeId);
    if (deleted !== 'deleted') return deleted;
  }
  return mine ?? createAttendee(limiter, meetingId, first);
}
