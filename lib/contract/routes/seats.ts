import { meetingPath } from '../ids.ts';
import type { Route } from '../operation.ts';
import { clientEventsBody } from '../requests/client-events.ts';
import { joinBody } from '../requests/join.ts';
import { leaveBody } from '../requests/leave.ts';

/** The routes by which a person takes a seat and leaves it. The function that a crowd calls needs no other schema. */
export const joinMeeting = {
  operationId: 'joinMeeting',
  method: 'POST',
  path: '/meetings/{externalMeetingId}/join',
  summary: 'Join; a repeated join returns the same seat',
  roles: 'any',
  params: meetingPath,
  body: joinBody,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_FULL', 'STAGE_FULL', 'MEETING_ENDED'],
} as const satisfies Route;

export const leaveMeeting = {
  operationId: 'leaveMeeting',
  method: 'POST',
  path: '/meetings/{externalMeetingId}/leave',
  summary: 'Give the seat back; idempotent',
  roles: 'any',
  params: meetingPath,
  body: leaveBody,
  refusals: ['MEETING_NOT_FOUND'],
} as const satisfies Route;

export const reportClientEvents = {
  operationId: 'reportClientEvents',
  method: 'POST',
  path: '/meetings/{externalMeetingId}/client-events',
  summary: "Report how the caller's connection fares",
  roles: 'any',
  params: meetingPath,
  body: clientEventsBody,
  refusals: ['BANNED', 'NOT_JOINED'],
  mostPerSecond: 1,
} as const satisfies Route;
