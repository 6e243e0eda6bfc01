import { operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { MeetingRequest } from '../shapes/meetings.ts';
import { knownMeeting } from '../state/meetings/find.ts';
import { endMeeting } from '../state/meetings/lifecycle.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_DeleteMeeting.html */
export const deleteMeeting = operation({
  name: 'DeleteMeeting',
  method: 'DELETE',
  path: '/meetings/{MeetingId}',
  input: MeetingRequest,
  run(call, { MeetingId }) {
    const meeting = knownMeeting(call, MeetingId);
    if (meeting.endedAt !== null) {
      throw new ChimeError(call.state.options.secondDeleteError, 'The meeting has ended');
    }
    endMeeting(call.state, meeting, call.now);
  },
});
