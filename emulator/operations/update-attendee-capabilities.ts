import { operation } from '../call/call.ts';
import { UpdateCapabilitiesRequest } from '../shapes/attendees.ts';
import { grantedCapabilities } from '../state/attendees/capabilities.ts';
import { changeCapabilities } from '../state/attendees/change-capabilities.ts';
import { liveMeeting, presentAttendee } from '../state/meetings/find.ts';
import { attendeeOnWire } from '../state/wire.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_UpdateAttendeeCapabilities.html */
export const updateAttendeeCapabilities = operation({
  name: 'UpdateAttendeeCapabilities',
  method: 'PUT',
  path: '/meetings/{MeetingId}/attendees/{AttendeeId}/capabilities',
  input: UpdateCapabilitiesRequest,
  run(call, { MeetingId, AttendeeId, Capabilities }) {
    const meeting = liveMeeting(call, MeetingId);
    const attendee = presentAttendee(meeting, AttendeeId);
    const granted = grantedCapabilities(call.state.options, meeting, Capabilities);
    changeCapabilities(call, { meeting, attendee }, granted);
    return { Attendee: attendeeOnWire(attendee) };
  },
});
