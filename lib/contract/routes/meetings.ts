import { meetingPath, personPath } from '../ids.ts';
import type { Route } from '../operation.ts';
import { captionsBody } from '../requests/captions.ts';
import { meetingOptions } from '../requests/meeting-options.ts';
import { meetingQuery, meetingsQuery } from '../requests/meetings.ts';
import { pageQuery } from '../requests/pages.ts';
import { explainQuery } from '../requests/people.ts';

/** The routes about a meeting, its seats and its participants. */
export const listMeetings = {
  operationId: 'listMeetings',
  method: 'GET',
  path: '/meetings',
  summary: 'List the meetings of one status; a token that names a meeting is refused',
  roles: ['host'],
  query: meetingsQuery,
  refusals: [],
} as const satisfies Route;

export const createMeeting = {
  operationId: 'createMeeting',
  method: 'PUT',
  path: '/meetings/{externalMeetingId}',
  summary: 'Create a meeting, replace its options, or reopen it',
  roles: ['host'],
  params: meetingPath,
  body: meetingOptions,
  refusals: ['BANNED'],
} as const satisfies Route;

export const getMeeting = {
  operationId: 'getMeeting',
  method: 'GET',
  path: '/meetings/{externalMeetingId}',
  summary: 'Read the topology: the current Chime meetings behind a name',
  roles: 'any',
  params: meetingPath,
  query: meetingQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const endMeeting = {
  operationId: 'endMeeting',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}',
  summary: 'End a meeting for all participants; idempotent',
  roles: ['host'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const reopenMeeting = {
  operationId: 'reopenMeeting',
  method: 'POST',
  path: '/meetings/{externalMeetingId}/reopen',
  summary: 'Reopen an ended meeting with its old options; idempotent',
  roles: ['host'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const openCurtain = {
  operationId: 'openCurtain',
  method: 'POST',
  path: '/meetings/{externalMeetingId}/live',
  summary: 'Open the curtain: viewers are let in; idempotent',
  roles: ['host'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;

export const closeCurtain = {
  operationId: 'closeCurtain',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/live',
  summary: 'Close the curtain for new viewers; those who have a seat keep it; idempotent',
  roles: ['host'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;

export const setCaptions = {
  operationId: 'setCaptions',
  method: 'PUT',
  path: '/meetings/{externalMeetingId}/captions',
  summary: 'Turn captions on, or change those that run; idempotent',
  roles: ['host', 'presenter'],
  params: meetingPath,
  body: captionsBody,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;

export const stopCaptions = {
  operationId: 'stopCaptions',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/captions',
  summary: 'Turn captions off; idempotent',
  roles: ['host', 'presenter'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;

export const listAttendees = {
  operationId: 'listAttendees',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/attendees',
  summary: 'List the participants',
  roles: ['host', 'presenter'],
  params: meetingPath,
  query: pageQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const getAttendee = {
  operationId: 'getAttendee',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/attendees/{externalUserId}',
  summary: 'Read one participant, and why they were placed there',
  roles: ['host'],
  params: personPath,
  query: explainQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_JOINED'],
} as const satisfies Route;
