import { meetingPath, personPath } from './ids.ts';
import { attendancePage, attendanceQuery, usageAnswer, usageQuery } from './ledger.ts';
import type { Operation } from './operation.ts';

/** The routes by which hosts see who attended, and for how long; also after the end. */
export const ledgerOperations = {
  listAttendance: {
    operationId: 'listAttendance',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/attendance',
    summary: 'List who was connected when; as JSON or CSV',
    roles: ['host'],
    params: meetingPath,
    query: attendanceQuery,
    csv: true,
    answers: { 200: attendancePage },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  eraseAttendance: {
    operationId: 'eraseAttendance',
    method: 'DELETE',
    path: '/meetings/{externalMeetingId}/attendance/{externalUserId}',
    summary: 'Erase the attendance of a person, in all lives of the name; idempotent',
    roles: ['host'],
    params: personPath,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  getUsage: {
    operationId: 'getUsage',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/usage',
    summary: 'Get attendee minutes, the peak, and what was opened',
    roles: ['host'],
    params: meetingPath,
    query: usageQuery,
    answers: { 200: usageAnswer },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;
