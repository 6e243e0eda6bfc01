import { operation } from '../call/call.ts';
import { MeetingRequest } from '../shapes/meetings.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import { meetingOnWire } from '../state/wire.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_GetMeeting.html */
export const getMeeting = operation({
  name: 'GetMeeting',
  method: 'GET',
  path: '/meetings/{MeetingId}',
  input: MeetingRequest,
  run(call, { MeetingId }) {
    return { Meeting: meetingOnWire(liveMeeting(call, MeetingId)) };
  },
});
