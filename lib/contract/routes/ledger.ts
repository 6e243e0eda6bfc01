import { meetingPath, personPath } from '../ids.ts';
import type { Route } from '../operation.ts';
import { attendanceQuery, usageQuery } from '../requests/ledger.ts';

/** The routes by which hosts see who attended, and for how long; also after the end. */
export const listAttendance = {
  operationId: 'listAttendance',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/attendance',
  summary: 'List who was connected when; as JSON or CSV',
  roles: ['host'],
  params: meetingPath,
  query: attendanceQuery,
  csv: true,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const eraseAttendance = {
  operationId: 'eraseAttendance',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/attendance/{externalUserId}',
  summary: 'Erase the attendance of a person, in all lives of the name; idempotent',
  roles: ['host'],
  params: personPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const getUsage = {
  operationId: 'getUsage',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/usage',
  summary: 'Get attendee minutes, the peak, and what was opened',
  roles: ['host'],
  params: meetingPath,
  query: usageQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;
