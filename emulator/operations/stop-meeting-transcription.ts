import { operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { MeetingRequest } from '../shapes/meetings.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import { stopTranscription } from '../state/transcription/lifecycle.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_StopMeetingTranscription.html */
export const stopMeetingTranscription = operation({
  name: 'StopMeetingTranscription',
  method: 'POST',
  path: '/meetings/{MeetingId}/transcription',
  query: 'stop',
  input: MeetingRequest,
  run(call, { MeetingId }) {
    const meeting = liveMeeting(call, MeetingId);
    const { stopWhileOff } = call.state.options;
    if (meeting.transcription.state === 'off' && stopWhileOff !== 'accept')
      throw new ChimeError(stopWhileOff, 'The meeting is not transcribed');
    stopTranscription(call.state, meeting, call.now);
    return {};
  },
});
