import { operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { AttendeeRequest } from '../shapes/attendees.ts';
import { hangUp } from '../state/attendees/presence.ts';
import { emit } from '../state/events.ts';
import { liveMeeting, presentAttendee } from '../state/meetings/find.ts';

/**
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_DeleteAttendee.html
 * Frees a seat, invalidates the join token, and disconnects.
 */
export const deleteAttendee = operation({
  name: 'DeleteAttendee',
  method: 'DELETE',
  path: '/meetings/{MeetingId}/attendees/{AttendeeId}',
  input: AttendeeRequest,
  run(call, { MeetingId, AttendeeId }) {
    const { state, now } = call;
    const meeting = liveMeeting(call, MeetingId);
    const deletedAt = meeting.attendees.get(AttendeeId.toLowerCase())?.deletedAt ?? null;
    if (deletedAt !== null && state.options.secondDeleteError === 'ForbiddenException') {
      throw new ChimeError('ForbiddenException', 'The attendee was deleted');
    }
    const attendee = presentAttendee(meeting, AttendeeId);
    hangUp(state, { meeting, attendee });
    attendee.deletedAt = now;
    meeting.attendeeCount -= 1;
    const { attendeeId, externalUserId } = attendee;
    emit(state, meeting, { eventType: 'AttendeeDeleted', at: now, more: { attendeeId, externalUserId } });
  },
});
