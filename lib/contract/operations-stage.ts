import { meetingPath, pageQuery, personPath } from './ids.ts';
import type { Operation } from './operation.ts';
import { grantBody, granted, handPage, promotion } from './stage.ts';

/** The routes by which a viewer gets to the stage and back. */
export const stageOperations = {
  grantPromotion: {
    operationId: 'grantPromotion',
    method: 'PUT',
    path: '/meetings/{externalMeetingId}/promotions/{externalUserId}',
    summary: 'Let a viewer on stage; may be repeated',
    roles: ['host', 'presenter'],
    params: personPath,
    body: grantBody,
    answers: { 200: granted },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_JOINED', 'STAGE_FULL', 'MEETING_ENDED'],
  },
  getPromotion: {
    operationId: 'getPromotion',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/promotion',
    summary: "Get the caller's own credential for the stage; the same every time until demoted",
    roles: 'any',
    params: meetingPath,
    answers: { 200: promotion },
    refusals: ['BANNED', 'MEETING_NOT_FOUND', 'NOT_PROMOTED', 'MEETING_ENDED'],
  },
  revokePromotion: {
    operationId: 'revokePromotion',
    method: 'DELETE',
    path: '/meetings/{externalMeetingId}/promotions/{externalUserId}',
    summary: 'Take somebody, or oneself, off the stage; may be repeated',
    roles: 'any',
    params: personPath,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  raiseHand: {
    operationId: 'raiseHand',
    method: 'PUT',
    path: '/meetings/{externalMeetingId}/hand',
    summary: 'Raise a hand; may be repeated',
    roles: ['viewer'],
    params: meetingPath,
    answers: { 204: null },
    refusals: ['MEETING_NOT_FOUND', 'NOT_JOINED', 'BANNED', 'MEETING_ENDED'],
  },
  lowerHand: {
    operationId: 'lowerHand',
    method: 'DELETE',
    path: '/meetings/{externalMeetingId}/hand',
    summary: 'Lower the hand; may be repeated',
    roles: ['viewer'],
    params: meetingPath,
    answers: { 204: null },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
  listHands: {
    operationId: 'listHands',
    method: 'GET',
    path: '/meetings/{externalMeetingId}/hands',
    summary: 'List the raised hands, oldest first',
    roles: ['host', 'presenter'],
    params: meetingPath,
    query: pageQuery,
    answers: { 200: handPage },
    refusals: ['BANNED', 'MEETING_NOT_FOUND'],
  },
} as const satisfies Record<string, Operation>;
