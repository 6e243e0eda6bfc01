import * as attendees from './attendees.ts';
import { meetingPath, pageQuery, personPath } from './ids.ts';
import { joinBody, joined, waiting } from './join.ts';
import { meetingOptions, topology } from './meetings.ts';
import type { Operation } from './operation.ts';

/** The routes about a meeting and its seats. */
export const meetingOperations = {
  createMeeting: {
    operationId: 'createMeeting',
    method: 'PUT',
    path: '/meetings/{externalMeetingId}',
    summary: 'Create a meeting, or change its options; an ended one opens again',
    roles: ['host'],
    params: meetingPath,
    body: meetingOptions,
    answers: { 200: topology, 201: topology },
    refusals: ['BANNED'],
  },
  getMeeting: {
    operationId: 'getMeeting',
    method: 'GET',
    path: '/meetings/{externalMeetingId}',
    summary: 'See what stands behind a name now',
    roles: 'any',
    params: meetingPath,
    answers: { 200: topology },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  endMeeting: {
    operationId: 'endMeeting',
    method: 'DELETE',
    path: '/meetings/{externalMeetingId}',
    summary: 'End a meeting for everybody; may be repeated',
    roles: ['host'],
    params: meetingPath,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  joinMeeting: {
    operationId: 'joinMeeting',
    method: 'POST',
    path: '/meetings/{externalMeetingId}/join',
    summary: 'Take a seat; repeating it gives the same seat',
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
    summary: 'Give the seat back; may be repeated',
    roles: 'any',
    params: meetingPath,
    answers: { 204: null },
    refusals: ['MEETING_NOT_FOUND'],
  },
  listAttendees: {
    operationId: 'listAttendees',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/attendees',
    summary: 'List who is here',
    roles: ['host', 'presenter'],
    params: meetingPath,
    query: pageQuery,
    answers: { 200: attendees.attendeePage },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  getAttendee: {
    operationId: 'getAttendee',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/attendees/{externalUserId}',
    summary: 'See one person, and why they sit where they do',
    roles: ['host'],
    params: personPath,
    query: attendees.explainQuery,
    answers: { 200: attendees.explainedAttendee },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_JOINED'],
  },
} as const satisfies Record<string, Operation>;
