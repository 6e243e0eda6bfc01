import { clientEventsBody } from './client-events.ts';
import { meetingPath } from './ids.ts';
import { joinBody, joined, leaveBody, waiting } from './join.ts';
import type { Operation } from './operation.ts';

/** The routes by which a person takes a seat and leaves it. The function that a crowd calls needs no other schema. */
export const seatOperations = {
  joinMeeting: {
    operationId: 'joinMeeting',
    method: 'POST',
    path: '/meetings/{externalMeetingId}/join',
    summary: 'Join; a repeated join returns the same seat',
    roles: 'any',
    params: meetingPath,
    body: joinBody,
    answers: { 200: joined, 202: waiting },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_FULL', 'STAGE_FULL', 'MEETING_ENDED'],
  },
  leaveMeeting: {
    operationId: 'leaveMeeting',
    method: 'POST',
    path: '/meetings/{externalMeetingId}/leave',
    summary: 'Give the seat back; idempotent',
    roles: 'any',
    params: meetingPath,
    body: leaveBody,
    answers: { 204: null },
    refusals: ['MEETING_NOT_FOUND'],
  },
  reportClientEvents: {
    operationId: 'reportClientEvents',
    method: 'POST',
    path: '/meetings/{externalMeetingId}/client-events',
    summary: "Report how the caller's connection fares",
    roles: 'any',
    params: meetingPath,
    body: clientEventsBody,
    answers: { 204: null },
    refusals: ['BANNED', 'NOT_JOINED'],
    mostPerSecond: 1,
  },
} as const satisfies Record<string, Operation>;
