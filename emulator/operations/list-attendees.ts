import { type Call, operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { ListAttendeesRequest } from '../shapes/attendees.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import { type Meeting, presentAttendees } from '../state/meetings/meeting.ts';
import { attendeeOnWire } from '../state/wire.ts';

const PAGE = 100;

/**
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_ListAttendees.html
 * Pages follow the order of creation. A deletion between two pages neither repeats nor hides an attendee.
 */
export const listAttendees = operation({
  name: 'ListAttendees',
  method: 'GET',
  path: '/meetings/{MeetingId}/attendees',
  input: ListAttendeesRequest,
  fromQuery: { 'max-results': 'MaxResults', 'next-token': 'NextToken' },
  run(call, input) {
    const meeting = liveMeeting(call, input.MeetingId);
    const after = sequenceOf(call, meeting, input.NextToken);
    const rest = presentAttendees(meeting).filter(({ sequence }) => sequence > after);
    const page = rest.slice(0, input.MaxResults ?? PAGE);
    const last = page.at(-1);
    const isWhole = page.length === rest.length || !last;
    return {
      Attendees: page.map(attendeeOnWire),
      ...(isWhole ? {} : { NextToken: tokenOf(meeting, last.sequence) }),
    };
  },
});

function tokenOf(meeting: Meeting, sequence: number): string {
  return Buffer.from(`${meeting.meetingId}/${sequence}`).toString('base64url');
}

function sequenceOf({ state }: Call, meeting: Meeting, token: string | undefined): number {
  if (token === undefined) return 0;
  const [meetingId, sequence] = Buffer.from(token, 'base64url').toString().split('/');
  if (meetingId === meeting.meetingId && /^\d+$/.test(sequence ?? '')) return Number(sequence);
  throw new ChimeError(state.options.semanticError, 'NextToken is invalid');
}
