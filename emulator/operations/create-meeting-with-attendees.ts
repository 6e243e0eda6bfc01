import { type Call, operation } from '../call/call.ts';
import type { AttendeeItem } from '../shapes/attendees.ts';
import { brokenConstraints } from '../shapes/constraints.ts';
import { CreateMeetingWithAttendeesRequest } from '../shapes/meetings.ts';
import { admitBatch } from '../state/attendees/admit-batch.ts';
import { openMeeting } from '../state/meetings/open-meeting.ts';
import { once } from '../state/meetings/tokens.ts';
import { meetingOnWire } from '../state/wire.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeetingWithAttendees.html */
export const createMeetingWithAttendees = operation({
  name: 'CreateMeetingWithAttendees',
  method: 'POST',
  path: '/meetings',
  query: 'create-attendees',
  input: CreateMeetingWithAttendeesRequest,
  run(call, input) {
    refuseTooMany(call, input.Attendees);
    return once(call, input, () => {
      const meeting = openMeeting(call, input, input.Attendees);
      return { Meeting: meetingOnWire(meeting), ...admitBatch(call, meeting, input.Attendees) };
    });
  },
});

/** The message is that of https://github.com/aws/aws-sdk-js/issues/4344. */
function refuseTooMany({ state }: Call, items: AttendeeItem[]): void {
  const most = state.options.attendeesPerCreateMeetingWithAttendees;
  if (items.length <= most) return;
  const constraint = `Member must have length less than or equal to ${most}`;
  throw brokenConstraints(state.options.constraintError, [{ at: 'attendees', constraint }]);
}
