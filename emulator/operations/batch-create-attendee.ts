import { operation } from '../call/call.ts';
import { BatchCreateAttendeeRequest } from '../shapes/attendees.ts';
import { admitBatch } from '../state/attendees/admit-batch.ts';
import { liveMeeting } from '../state/meetings/find.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_BatchCreateAttendee.html */
export const batchCreateAttendee = operation({
  name: 'BatchCreateAttendee',
  method: 'POST',
  path: '/meetings/{MeetingId}/attendees',
  query: 'batch-create',
  input: BatchCreateAttendeeRequest,
  run(call, { MeetingId, Attendees }) {
    return admitBatch(call, liveMeeting(call, MeetingId), Attendees);
  },
});
