import { meetingPath, personPath } from '../ids.ts';
import type { Route } from '../operation.ts';
import { drainBody, drainPath } from '../requests/drains.ts';
import { pageQuery } from '../requests/pages.ts';
import { banQuery, capabilitiesBody } from '../requests/people.ts';
import { seatsBody } from '../requests/stage.ts';

/** The routes by which hosts and presenters look after a meeting. */
export const removeAttendee = {
  operationId: 'removeAttendee',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/attendees/{externalUserId}',
  summary: 'Remove a person, and ban them if requested; idempotent',
  roles: ['host'],
  params: personPath,
  query: banQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const updateAttendee = {
  operationId: 'updateAttendee',
  method: 'PATCH',
  path: '/meetings/{externalMeetingId}/attendees/{externalUserId}',
  summary: 'Change the capabilities of a person on stage',
  roles: ['host', 'presenter'],
  params: personPath,
  body: capabilitiesBody,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_JOINED', 'MEETING_ENDED'],
} as const satisfies Route;

export const muteAll = {
  operationId: 'muteAll',
  method: 'POST',
  path: '/meetings/{externalMeetingId}/mute-all',
  summary: 'Mute all people on stage but the caller',
  roles: ['host', 'presenter'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;

export const listBans = {
  operationId: 'listBans',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/bans',
  summary: 'List the banned people',
  roles: ['host'],
  params: meetingPath,
  query: pageQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const liftBan = {
  operationId: 'liftBan',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/bans/{externalUserId}',
  summary: 'Lift a ban; idempotent',
  roles: ['host'],
  params: personPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const provisionSeats = {
  operationId: 'provisionSeats',
  method: 'PUT',
  path: '/meetings/{externalMeetingId}/seats',
  summary: 'Open seats before the audience arrives; idempotent',
  roles: ['host'],
  params: meetingPath,
  body: seatsBody,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;

export const drainRegion = {
  operationId: 'drainRegion',
  method: 'PUT',
  path: '/meetings/{externalMeetingId}/drains/{mediaRegion}',
  summary: 'Drain a media region: no viewer is placed there any more; idempotent',
  roles: ['host'],
  params: drainPath,
  body: drainBody,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOWHERE_ELSE', 'MEETING_ENDED'],
} as const satisfies Route;

export const liftDrain = {
  operationId: 'liftDrain',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/drains/{mediaRegion}',
  summary: 'Lift a drain; idempotent',
  roles: ['host'],
  params: drainPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'MEETING_ENDED'],
} as const satisfies Route;
