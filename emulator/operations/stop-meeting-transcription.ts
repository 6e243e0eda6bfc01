import { operation } from '../call/call.ts';
import { MeetingRequest } from '../shapes/meetings.ts';
import { liveMeeting } from '../state/meetings/find.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_StopMeetingTranscription.html */
export const stopMeetingTranscription = operation({
  name: 'StopMeetingTranscription',
  method: 'POST',
  path: '/meetings/{MeetingId}/transcription',
  query: 'stop',
  input: MeetingRequest,
  run(call, { MeetingId }) {
    liveMeeting(call, MeetingId);
    return {};
  },
});
