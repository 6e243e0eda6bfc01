import { operation } from '../call/call.ts';
import { AttendeeRequest } from '../shapes/attendees.ts';
import { liveMeeting, presentAttendee } from '../state/meetings/find.ts';
import { attendeeOnWire } from '../state/wire.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_GetAttendee.html */
export const getAttendee = operation({
  name: 'GetAttendee',
  method: 'GET',
  path: '/meetings/{MeetingId}/attendees/{AttendeeId}',
  input: AttendeeRequest,
  run(call, { MeetingId, AttendeeId }) {
    const meeting = liveMeeting(call, MeetingId);
    return { Attendee: attendeeOnWire(presentAttendee(meeting, AttendeeId)) };
  },
});
