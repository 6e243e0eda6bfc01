import { operation } from '../call/call.ts';
import { BatchUpdateCapabilitiesRequest } from '../shapes/attendees.ts';
import { grantedCapabilities } from '../state/attendees/capabilities.ts';
import { changeCapabilities } from '../state/attendees/change-capabilities.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import { presentAttendees } from '../state/meetings/meeting.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_BatchUpdateAttendeeCapabilitiesExcept.html */
export const batchUpdateAttendeeCapabilitiesExcept = operation({
  name: 'BatchUpdateAttendeeCapabilitiesExcept',
  method: 'PUT',
  path: '/meetings/{MeetingId}/attendees/capabilities',
  query: 'batch-update-except',
  input: BatchUpdateCapabilitiesRequest,
  run(call, { MeetingId, ExcludedAttendeeIds, Capabilities }) {
    const meeting = liveMeeting(call, MeetingId);
    const granted = grantedCapabilities(call.state.options, meeting, Capabilities);
    const excluded = new Set(ExcludedAttendeeIds.map(({ AttendeeId }) => AttendeeId.toLowerCase()));
    const others = presentAttendees(meeting).filter(({ attendeeId }) => !excluded.has(attendeeId));
    for (const attendee of others) changeCapabilities(call, { meeting, attendee }, granted);
    return {};
  },
});
