import { meetingPath, personPath } from '../ids.ts';
import type { Route } from '../operation.ts';
import { pageQuery } from '../requests/pages.ts';
import { grantBody } from '../requests/stage.ts';

/** The routes by which a viewer gets to the stage and back. */
export const grantPromotion = {
  operationId: 'grantPromotion',
  method: 'PUT',
  path: '/meetings/{externalMeetingId}/promotions/{externalUserId}',
  summary: 'Promote a viewer to the stage; idempotent',
  roles: ['host', 'presenter'],
  params: personPath,
  body: grantBody,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_JOINED', 'STAGE_FULL', 'MEETING_ENDED'],
} as const satisfies Route;

export const getPromotion = {
  operationId: 'getPromotion',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/promotion',
  summary: "Read the caller's own credential for the stage; the same until a demotion",
  roles: 'any',
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_PROMOTED', 'MEETING_ENDED'],
} as const satisfies Route;

export const revokePromotion = {
  operationId: 'revokePromotion',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/promotions/{externalUserId}',
  summary: 'Demote a person, or step down from the stage; idempotent',
  roles: 'any',
  params: personPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const raiseHand = {
  operationId: 'raiseHand',
  method: 'PUT',
  path: '/meetings/{externalMeetingId}/hand',
  summary: 'Raise a hand; idempotent',
  roles: ['viewer'],
  params: meetingPath,
  refusals: ['MEETING_NOT_FOUND', 'NOT_JOINED', 'ON_STAGE', 'BANNED', 'MEETING_ENDED'],
} as const satisfies Route;

export const lowerHand = {
  operationId: 'lowerHand',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/hand',
  summary: "Lower the caller's hand; idempotent",
  roles: ['viewer'],
  params: meetingPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const lowerHandOf = {
  operationId: 'lowerHandOf',
  method: 'DELETE',
  path: '/meetings/{externalMeetingId}/hands/{externalUserId}',
  summary: "Lower a viewer's hand; idempotent",
  roles: ['host', 'presenter'],
  params: personPath,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;

export const listHands = {
  operationId: 'listHands',
  method: 'GET',
  path: '/meetings/{externalMeetingId}/hands',
  summary: 'List the raised hands, oldest first',
  roles: ['host', 'presenter'],
  params: meetingPath,
  query: pageQuery,
  refusals: ['BANNED', 'MEETING_NOT_FOUND'],
} as const satisfies Route;
