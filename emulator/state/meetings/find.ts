import type { Call } from '../../call/call.ts';
import { ChimeError } from '../../errors.ts';
import { sameScope } from '../scope.ts';
import type { Attendee, Meeting } from './meeting.ts';

/** A meeting of the caller's account and control region, ended or not; throws NotFoundException if there is none. */
export function knownMeeting(call: Call, meetingId: string): Meeting {
  const meeting = call.state.meetings.get(meetingId.toLowerCase());
  if (!meeting || !isVisible(call, meeting)) throw notFound('Meeting', meetingId);
  return meeting;
}

/**
 * A meeting that has not ended. The message for an ended one is that of
 * https://github.com/aws/amazon-chime-sdk-js/issues/786.
 */
export function liveMeeting(call: Call, meetingId: string): Meeting {
  const meeting = knownMeeting(call, meetingId);
  if (meeting.endedAt !== null) throw new ChimeError('NotFoundException', 'The meeting has ended');
  return meeting;
}

/** An attendee of a live meeting that was not deleted. */
export function presentAttendee(meeting: Meeting, attendeeId: string): Attendee {
  const attendee = meeting.attendees.get(attendeeId.toLowerCase());
  if (!attendee || attendee.deletedAt !== null) throw notFound('Attendee', attendeeId);
  return attendee;
}

/** Whether the meeting belongs to the caller and is old enough to be found. */
export function isVisible(call: Call, meeting: Meeting): boolean {
  const isFresh = call.now - meeting.createdAt < call.state.options.freshMeetingNotFoundMs;
  return sameScope(meeting.scope, call.scope) && !isFresh;
}

function notFound(thing: string, id: string): ChimeError {
  return new ChimeError('NotFoundException', `${thing} ${id} not found`);
}
