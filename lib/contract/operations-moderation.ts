import * as attendees from './attendees.ts';
import { meetingPath, pageQuery, personPath } from './ids.ts';
import type { Operation } from './operation.ts';
import { banPage, seatsBody, seatsPlan } from './stage.ts';

/** The routes by which hosts and presenters look after a meeting. */
export const moderationOperations = {
  removeAttendee: {
    operationId: 'removeAttendee',
    method: 'DELETE',
    path: '/meetings/{externalMeetingId}/attendees/{externalUserId}',
    summary: 'Remove a person, and ban them if requested; idempotent',
    roles: ['host'],
    params: personPath,
    query: attendees.banQuery,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  updateAttendee: {
    operationId: 'updateAttendee',
    method: 'PATCH',
    path: '/meetings/{externalMeetingId}/attendees/{externalUserId}',
    summary: 'Change the capabilities of a person on stage',
    roles: ['host', 'presenter'],
    params: personPath,
    body: attendees.capabilitiesBody,
    answers: { 200: attendees.changedCapabilities },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_JOINED', 'MEETING_ENDED'],
  },
  muteAll: {
    operationId: 'muteAll',
    method: 'POST',
    path: '/meetings/{externalMeetingId}/mute-all',
    summary: 'Mute all people on stage but the caller',
    roles: ['host', 'presenter'],
    params: meetingPath,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
  },
  listBans: {
    operationId: 'listBans',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/bans',
    summary: 'List the banned people',
    roles: ['host'],
    params: meetingPath,
    query: pageQuery,
    answers: { 200: banPage },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  liftBan: {
    operationId: 'liftBan',
    method: 'DELETE',
    path: '/meetings/{externalMeetingId}/bans/{externalUserId}',
    summary: 'Lift a ban; idempotent',
    roles: ['host'],
    params: personPath,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  provisionSeats: {
    operationId: 'provisionSeats',
    method: 'PUT',
    path: '/meetings/{externalMeetingId}/seats',
    summary: 'Open seats before the audience arrives; idempotent',
    roles: ['host'],
    params: meetingPath,
    body: seatsBody,
    answers: { 202: seatsPlan },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
  },
} as const satisfies Record<string, Operation>;
