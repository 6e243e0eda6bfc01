import type { EmulatorOptions } from '../../emulator/options.ts';

/** Behaviour that is undocumented or an option of the emulator, but is not tested; and the reason. */
export interface NotAsked {
  what: string;
  why: string;
  options: (keyof EmulatorOptions)[];
}

const IDLE = 'it takes more than five minutes, or a day';
const TARGET = 'events are seen only by a queue, topic or bus of the account, which nothing here creates';
const THROTTLES_OTHERS = 'it would throttle all other users of the account';

export const NOT_ASKED: NotAsked[] = [
  { what: 'when meetings end by themselves', why: IDLE, options: ['idleEndMs', 'maxMeetingAgeMs'] },
  {
    what: 'whether viewers of a replica keep its primary alive',
    why: 'it takes a client in a replica, and more than five minutes',
    options: ['replicaViewersKeepPrimaryAlive'],
  },
  {
    what: 'what the 251st connection is refused with, where the 251st attendee was not',
    why: 'it takes 251 clients',
    options: [],
  },
  {
    what: 'what starting and stopping a transcription does where AWS does not say, and its four hours',
    why: 'it needs the service-linked role of the account, is billed by the second, and takes people who speak',
    options: [
      'transcriptionStartMs',
      'transcriptionLimitMs',
      'transcriptionOfReplica',
      'stopWhileOff',
      'transcriptionLimit',
      'transcriptionRole',
      'stoppedEventAtEnd',
    ],
  },
  {
    what: 'what clients are told of a transcription, and when',
    why: 'it takes clients in a primary and a replica, is billed by the second, and takes people who speak',
    options: [
      'transcriptionStatusToReplicas',
      'transcriptionStatusAtEntry',
      'transcriptSpeaker',
      'transcriptDelayMs',
    ],
  },
  {
    what: 'how many data messages may be sent, and what becomes of others',
    why: 'it takes clients that flood a meeting',
    options: [
      'dataMessageRatePerSecond',
      'dataMessageBurst',
      'attendeeFloodRatePerSecond',
      'attendeeFloodBurst',
      'meetingFloodRatePerSecond',
      'meetingFloodBurst',
      'floodingClient',
      'reservedTopics',
      'storedMessagesToReplicas',
    ],
  },
  { what: 'when MeetingStarted is sent', why: TARGET, options: ['meetingStartedEvent'] },
  {
    what: 'whether replicas that end with their primary say so',
    why: TARGET,
    options: ['cascadeEndedEvents'],
  },
  {
    what: 'how often events are lost, doubled or late',
    why: TARGET,
    options: ['eventLoss', 'eventDuplication', 'eventReordering'],
  },
  { what: 'what LambdaFunctionArn in NotificationsConfiguration does', why: TARGET, options: [] },
  {
    what: 'rates, bursts, and how they add up over the operations',
    why: THROTTLES_OTHERS,
    options: ['ratePerSecond', 'burst', 'quotaByOperation', 'aggregateRatePerSecond', 'aggregateBurst'],
  },
  {
    what: 'whether replicas count among the meetings at once',
    why: `${THROTTLES_OTHERS} for a minute; --meetings-quota asks it`,
    options: ['replicasCountAsMeetings', 'concurrentMeetings'],
  },
  {
    what: 'what a media region without room answers',
    why: 'it cannot be caused',
    options: ['fullMediaRegions'],
  },
  {
    what: 'what a media region answers that the account has not enabled',
    why: 'it depends on the account',
    options: ['refusedMediaRegions'],
  },
  {
    what: 'the control regions af-south-1 and il-central-1',
    why: 'an account must enable them',
    options: [],
  },
  { what: 'for how long a ClientRequestToken is remembered', why: 'it may take days', options: [] },
  {
    what: 'which permissions Tags need at creation',
    why: 'it takes roles made for the purpose',
    options: [],
  },
  {
    what: 'how many attendees a high-definition meeting takes, if more than 25',
    why: 'capacity of that kind is billed',
    options: [],
  },
  {
    what: 'latencies, identities and addresses of the emulator',
    why: 'they are knobs of a machine, and say nothing of Chime',
    options: [
      'latencyMs',
      'forgetEndedAfterMs',
      'nearestMediaRegion',
      'authorization',
      'accountId',
      'defaultControlRegion',
      'signalingUrlBase',
      'eventIngestionUrl',
    ],
  },
];
