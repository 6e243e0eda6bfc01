import type { OperationName } from '../../lib/contract.ts';
import { PRIMARY, REPLICA, SEATED, TOPOLOGY } from './story.ts';

/** An example request and its possible responses by status; a 204 has no body. */
export interface Example {
  query?: object;
  body?: object;
  answers?: Record<number, object>;
}

const SESSION = '8f7c9f0e-2f0b-4a55-9d1c-0c5d3f1e2a7b';
const CAPABILITIES = { Audio: 'Receive', Video: 'SendReceive', Content: 'SendReceive' };

/** Grace presents, and Linus, a viewer, is promoted. Responses of the local stack, with shortened credentials. */
export const examples: Record<OperationName, Example> = {
  listMeetings: {
    query: { status: 'live', limit: 2 },
    answers: {
      200: {
        meetings: [
          {
            externalMeetingId: 'town-hall-2030',
            status: 'live',
            epoch: 1,
            startsAt: '2030-05-01T17:00:00.000Z',
            viewers: 1,
            replicas: 1,
          },
          { externalMeetingId: 'all-hands', status: 'live', epoch: 3, viewers: 4120, replicas: 18 },
        ],
        cursor: 'Y2I5NmU2N2YzMGUzMDoyMDMwLTA1LTAx',
      },
    },
  },
  createMeeting: {
    body: {
      mediaRegion: 'eu-central-1',
      maxReplicas: 8,
      waitForPresenter: true,
      tags: [{ Key: 'event', Value: 'town hall' }],
    },
    answers: {
      201: { ...TOPOLOGY, status: 'scheduled', primary: undefined, replicas: [], viewers: 0 },
    },
  },
  getMeeting: { answers: { 200: TOPOLOGY } },
  endMeeting: {},
  reopenMeeting: {
    answers: {
      200: { ...TOPOLOGY, epoch: 2, status: 'scheduled', primary: undefined, replicas: [], viewers: 0 },
    },
  },
  openCurtain: { answers: { 200: { live: true, liveSince: '2030-05-01T17:00:00.000Z' } } },
  closeCurtain: { answers: { 200: { live: false } } },
  setCaptions: {
    body: { languageCode: 'en-US' },
    answers: { 200: { state: 'starting', languageCode: 'en-US' } },
  },
  stopCaptions: {},
  drainRegion: {
    body: { evacuate: true },
    answers: {
      202: {
        mediaRegion: 'eu-west-1',
        since: '2030-05-01T17:20:00.000Z',
        evacuate: true,
        status: 'moving',
        detail:
          'Seats are opened elsewhere, then the replicas there are deleted. Repeat this request to continue, or wait for the reconciler.',
        replicas: 1,
        viewers: 212,
        retryAfterMs: 1000,
      },
    },
  },
  liftDrain: {},
  joinMeeting: {
    body: { mediaRegion: 'eu-west-1', displayName: 'Linus Quill' },
    answers: {
      200: {
        status: 'joined',
        role: 'viewer',
        externalUserId: 'linus',
        displayName: 'Linus Quill',
        Meeting: REPLICA,
        Attendee: {
          ExternalUserId: 'seat-0000',
          AttendeeId: '9906d2fb-b376-ecc9-a130-d4dbab7bca68',
          JoinToken: 'OTkwNmQy…',
        },
        placement: { kind: 'replica', ordinal: 0, mediaRegion: 'eu-west-1', rttMs: 1, reason: 'own-region' },
        epoch: 1,
        sessionId: SESSION,
        clientHints: { attendeePresenceTimeoutMs: 0 },
        clientEvents: { sample: 1, everyMs: 30_000 },
      },
      202: { status: 'waiting', reason: 'no-presenter', retryAfterMs: 595 },
    },
  },
  leaveMeeting: { body: { sessionId: SESSION } },
  reportClientEvents: {
    body: {
      sessionId: SESSION,
      events: [{ timeToFirstAudioMs: 840, timeToFirstVideoMs: 1310 }, { reconnects: 1 }],
    },
  },
  listAttendees: {
    query: { limit: 2 },
    answers: {
      200: {
        attendees: [
          {
            externalUserId: 'grace',
            role: 'presenter',
            mediaRegion: 'eu-central-1',
            joinedAt: '2030-05-01T16:58:59.403Z',
            promoted: false,
            presence: 'present',
          },
          SEATED,
        ],
        cursor: 'Y2I5NmU2N2YzMGUzNjpsaW51cw',
      },
    },
  },
  getAttendee: {
    query: { explain: true },
    answers: {
      200: {
        ...SEATED,
        placement: {
          kind: 'replica',
          reason: 'own-region',
          rttMs: 1,
          viewerMediaRegion: 'eu-west-1',
          mediaRegion: 'eu-west-1',
          ordinal: 0,
          candidates: [{ ordinal: 0, mediaRegion: 'eu-west-1', rttMs: 1 }],
        },
      },
    },
  },
  updateAttendee: {
    body: { capabilities: CAPABILITIES },
    answers: { 200: { externalUserId: 'linus', capabilities: CAPABILITIES } },
  },
  removeAttendee: { query: { ban: true } },
  muteAll: {},
  listAttendance: {
    query: { limit: 100 },
    answers: {
      200: {
        life: { openedAt: '2030-05-01T16:30:00.000Z' },
        attendance: [
          {
            externalUserId: 'linus',
            role: 'viewer',
            mediaRegion: 'eu-west-1',
            intervals: [
              { from: '2030-05-01T17:00:04.210Z', to: '2030-05-01T17:20:31.000Z', on: 'audience' },
              { from: '2030-05-01T17:21:02.500Z', on: 'audience' },
            ],
            seconds: 2764,
            stageSeconds: 0,
          },
        ],
      },
    },
  },
  eraseAttendance: {},
  getUsage: {
    query: { life: '2030-05-01T16:30:00.000Z' },
    answers: {
      200: {
        life: { openedAt: '2030-05-01T16:30:00.000Z', endedAt: '2030-05-01T18:02:11.000Z' },
        people: 4123,
        joins: 5210,
        attendeeMinutes: { audience: 218_412.4, stage: 187.25, total: 218_599.65, estimated: 1204.5 },
        byMediaRegion: { 'eu-west-1': 150_000.4, 'us-east-1': 68_599.25 },
        peak: { viewers: 4018, at: '2030-05-01T17:31:08.000Z' },
        refusals: { MEETING_FULL: 12 },
        epochs: 1,
        replicas: 18,
        cost: { amount: 371.619405, currency: 'USD' },
        lives: [{ openedAt: '2030-05-01T16:30:00.000Z', endedAt: '2030-05-01T18:02:11.000Z' }],
      },
    },
  },
  listBans: {
    answers: { 200: { bans: [{ externalUserId: 'linus', bannedAt: '2030-05-01T17:20:06.760Z' }] } },
  },
  liftBan: {},
  provisionSeats: {
    body: { seats: { 'eu-central-1': 1000, 'us-east-1': 500 } },
    answers: {
      202: {
        status: 'opening',
        detail: 'Seats are being opened. Repeat this request to continue, or wait for the reconciler.',
        plan: [
          { mediaRegion: 'eu-central-1', asked: 1000, replicas: 4, open: 3, minted: 750 },
          { mediaRegion: 'us-east-1', asked: 500, replicas: 2, open: 0, minted: 0 },
        ],
        asked: 1500,
        planned: 1500,
        minted: 750,
        retryAfterMs: 1000,
      },
    },
  },
  grantPromotion: { body: {}, answers: { 200: { externalUserId: 'linus', state: 'granted' } } },
  getPromotion: {
    answers: {
      200: {
        Attendee: {
          ExternalUserId: 'linus',
          AttendeeId: 'ac723426-eedf-34e4-3ee6-d3d828f418ac',
          JoinToken: 'YWM3MjM0…',
        },
        primaryMeetingId: PRIMARY.meetingId,
      },
    },
  },
  revokePromotion: {},
  raiseHand: {},
  lowerHand: {},
  lowerHandOf: {},
  listHands: {
    answers: { 200: { hands: [{ externalUserId: 'linus', raisedAt: '2030-05-01T17:02:05.912Z' }] } },
  },
  getHealth: { answers: { 200: { status: 'ok' } } },
  getOpenapi: { answers: { 200: { openapi: '3.1.0' } } },
};
