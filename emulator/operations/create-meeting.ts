import { operation } from '../call/call.ts';
import { CreateMeetingRequest } from '../shapes/meetings.ts';
import { openMeeting } from '../state/meetings/open-meeting.ts';
import { once } from '../state/meetings/tokens.ts';
import { meetingOnWire } from '../state/wire.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeeting.html */
export const createMeeting = operation({
  name: 'CreateMeeting',
  method: 'POST',
  path: '/meetings',
  input: CreateMeetingRequest,
  run(call, input) {
    const { Meeting } = once(call, input, () => ({
      Meeting: meetingOnWire(openMeeting(call, input)),
      Attendees: [],
      Errors: [],
    }));
    return { Meeting };
  },
});
