import { operation } from '../call/call.ts';
import { CreateAttendeeRequest } from '../shapes/attendees.ts';
import { admit } from '../state/attendees/admit.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import { attendeeOnWire } from '../state/wire.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateAttendee.html */
export const createAttendee = operation({
  name: 'CreateAttendee',
  method: 'POST',
  path: '/meetings/{MeetingId}/attendees',
  input: CreateAttendeeRequest,
  run(call, input) {
    return { Attendee: attendeeOnWire(admit(call, liveMeeting(call, input.MeetingId), input)) };
  },
});
