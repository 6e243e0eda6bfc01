import { attendeePage, changedCapabilities, explainedAttendee } from './contract/answers/attendees.ts';
import { captions } from './contract/answers/chime.ts';
import { drainAnswer } from './contract/answers/drains.ts';
import { joined, waiting } from './contract/answers/join.ts';
import { attendancePage, usageAnswer } from './contract/answers/ledger.ts';
import { meetingPage } from './contract/answers/meeting-list.ts';
import { curtain, topology } from './contract/answers/meetings.ts';
import { health, openapi } from './contract/answers/service.ts';
import { banPage, granted, handPage, promotion, seatsPlan } from './contract/answers/stage.ts';
import type { Operation } from './contract/operation.ts';
import * as ledger from './contract/routes/ledger.ts';
import * as meetings from './contract/routes/meetings.ts';
import * as moderation from './contract/routes/moderation.ts';
import * as seats from './contract/routes/seats.ts';
import * as service from './contract/routes/service.ts';
import * as stage from './contract/routes/stage.ts';

/**
 * Every route of the contract with its answers, by the name of its flow. Functions import their own route from `contract/routes`, so
 * that a cold start does not construct the schemas of answers.
 */
export const operations = {
  listMeetings: { ...meetings.listMeetings, answers: { 200: meetingPage } },
  createMeeting: { ...meetings.createMeeting, answers: { 200: topology, 201: topology } },
  getMeeting: { ...meetings.getMeeting, answers: { 200: topology } },
  endMeeting: { ...meetings.endMeeting, answers: { 204: null } },
  reopenMeeting: { ...meetings.reopenMeeting, answers: { 200: topology } },
  openCurtain: { ...meetings.openCurtain, answers: { 200: curtain } },
  closeCurtain: { ...meetings.closeCurtain, answers: { 200: curtain } },
  setCaptions: { ...meetings.setCaptions, answers: { 200: captions } },
  stopCaptions: { ...meetings.stopCaptions, answers: { 204: null } },
  joinMeeting: { ...seats.joinMeeting, answers: { 200: joined, 202: waiting } },
  leaveMeeting: { ...seats.leaveMeeting, answers: { 204: null } },
  reportClientEvents: { ...seats.reportClientEvents, answers: { 204: null } },
  listAttendees: { ...meetings.listAttendees, answers: { 200: attendeePage } },
  getAttendee: { ...meetings.getAttendee, answers: { 200: explainedAttendee } },
  removeAttendee: { ...moderation.removeAttendee, answers: { 204: null } },
  updateAttendee: { ...moderation.updateAttendee, answers: { 200: changedCapabilities } },
  muteAll: { ...moderation.muteAll, answers: { 204: null } },
  listBans: { ...moderation.listBans, answers: { 200: banPage } },
  liftBan: { ...moderation.liftBan, answers: { 204: null } },
  provisionSeats: { ...moderation.provisionSeats, answers: { 202: seatsPlan } },
  drainRegion: { ...moderation.drainRegion, answers: { 202: drainAnswer } },
  liftDrain: { ...moderation.liftDrain, answers: { 204: null } },
  listAttendance: { ...ledger.listAttendance, answers: { 200: attendancePage } },
  eraseAttendance: { ...ledger.eraseAttendance, answers: { 204: null } },
  getUsage: { ...ledger.getUsage, answers: { 200: usageAnswer } },
  grantPromotion: { ...stage.grantPromotion, answers: { 200: granted } },
  getPromotion: { ...stage.getPromotion, answers: { 200: promotion } },
  revokePromotion: { ...stage.revokePromotion, answers: { 204: null } },
  raiseHand: { ...stage.raiseHand, answers: { 204: null } },
  lowerHand: { ...stage.lowerHand, answers: { 204: null } },
  lowerHandOf: { ...stage.lowerHandOf, answers: { 204: null } },
  listHands: { ...stage.listHands, answers: { 200: handPage } },
  getHealth: { ...service.getHealth, answers: { 200: health } },
  getOpenapi: { ...service.getOpenapi, answers: { 200: openapi } },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
