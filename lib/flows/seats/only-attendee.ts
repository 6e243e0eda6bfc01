import type { Call } from '../../call.ts';
import { createAttendee, deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import type { FirstAttendee, Opened } from '../../chime/meetings.ts';
import { isTrouble, type Trouble } from '../../chime/trouble.ts';
import type { ChimeAttendee } from '../../domain/meeting/topology.ts';
import { inLine } from '../shared/chime-quota.ts';

/**
 * The one attendee of a primary that is about to be published. A meeting that was taken over may hold the
 * attendee of the person who crashed, whom no record knows: it is deleted, and ours is found or made.
 */
export async function onlyAttendee(
  opened: Opened,
  { first, isNew }: { first: FirstAttendee; isNew: boolean },
  call: Call,
): Promise<ChimeAttendee | Trouble> {
  const [only, ...others] = opened.attendees;
  if (isNew && others.length === 0 && only?.ExternalUserId === first.ExternalUserId) return only;
  return clearedFor(opened.Meeting.MeetingId, first, call);
}

async function clearedFor(
  meetingId: string,
  first: FirstAttendee,
  call: Call,
): Promise<ChimeAttendee | Trouble> {
  const line = inLine(call);
  const listed = await listAttendees(line, meetingId);
  if (isTrouble(listed)) return listed;
  const mine = listed.attendees.find((attendee) => attendee.ExternalUserId === first.ExternalUserId);
  for (const stranger of listed.attendees.filter((attendee) => attendee !== mine)) {
    const deleted = await deleteAttendee(line, meetingId, stranger.AttendeeId);
    if (deleted !== 'deleted') return deleted;
  }
  return mine ?? createAttendee(line, meetingId, first);
}
