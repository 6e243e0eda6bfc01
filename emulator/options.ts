import * as z from 'zod';
import { parsed } from './declined.ts';
import { OPERATION_NAMES } from './operation-names.ts';

const count = (initial: number, words: string) => z.int().min(0).default(initial).describe(words);
const rate = (initial: number, words: string) => z.number().min(0).default(initial).describe(words);
const chance = (words: string) => z.number().min(0).max(1).default(0).describe(words);
const flag = (initial: boolean, words: string) => z.boolean().default(initial).describe(words);
const text = (initial: string, words: string) => z.string().min(1).default(initial).describe(words);
const url = (words: string) => z.url().nullable().default(null).describe(words);

/** A choice among documented possibilities; the first is the default. */
function choice<const Values extends readonly [string, ...string[]]>(values: Values, words: string) {
  return z
    .enum(values)
    .default(values[0] as never)
    .describe(words);
}

const Quota = z.strictObject({ ratePerSecond: z.number().min(0), burst: z.int().min(1) });

const limits = {
  concurrentMeetings: count(250, 'live meetings per account and control region'),
  replicasPerPrimary: count(4, 'live replicas per primary'),
  attendeesPerMeeting: count(250, 'attendees per meeting, counted until DeleteAttendee'),
  attendeesPerHighDefinitionMeeting: count(25, 'attendees per meeting with FHD video or UHD content'),
  attendeesPerCreateMeetingWithAttendees: count(
    20,
    'attendees of one CreateMeetingWithAttendees: the API model says 20, the developer guide 10',
  ),
  ratePerSecond: rate(10, 'requests per second of each operation, per account and control region'),
  burst: count(20, 'size of the token bucket of each operation'),
  quotaByOperation: z
    .partialRecord(z.enum(OPERATION_NAMES), Quota)
    .default({})
    .describe('other quotas for single operations: {"GetMeeting":{"ratePerSecond":5,"burst":5}}'),
  aggregateRatePerSecond: rate(0, 'one more bucket for all operations together; 0 is off'),
  aggregateBurst: count(20, 'size of that bucket'),
  dataMessageRatePerSecond: rate(
    100,
    'data messages per second of a meeting; others return to the sender, throttled',
  ),
  dataMessageBurst: count(200, 'size of that token bucket'),
  attendeeFloodRatePerSecond: rate(
    200,
    'data messages per second of an attendee, with throttled ones; others are lost',
  ),
  attendeeFloodBurst: count(2000, 'size of that token bucket'),
  meetingFloodRatePerSecond: rate(
    500,
    'data messages per second of a meeting, with throttled ones; others are lost',
  ),
  meetingFloodBurst: count(10_000, 'size of that token bucket'),
  fullMediaRegions: z
    .array(z.string())
    .default([])
    .describe('full media regions: ["eu-west-2"]; a new meeting there gets 503'),
  refusedMediaRegions: z
    .array(z.string())
    .default([])
    .describe('media regions that the account has not enabled; a new meeting there gets 400'),
};

const times = {
  idleEndMs: count(300_000, 'a meeting without a connection ends after this long'),
  maxMeetingAgeMs: count(86_400_000, 'every meeting ends at this age'),
  forgetEndedAfterMs: count(0, 'an ended meeting is forgotten after this long; 0 means never'),
  freshMeetingNotFoundMs: count(0, 'a meeting younger than this is not found'),
  transcriptionStartMs: count(1000, 'Transcribe answers the start of a transcription after this long'),
  transcriptionLimitMs: count(14_400_000, 'the greatest length of a stream of Transcribe'),
  transcriptDelayMs: count(0, 'transcripts reach the clients after this long'),
  latencyMs: count(0, 'every response is delayed by this long'),
  createMeetingLatencyMs: count(0, 'responses that create a meeting are delayed by this much more'),
};

const identity = {
  authorization: choice(['check', 'ignore'], 'the Authorization header must be SigV4 for service chime'),
  accountId: text('111122223333', 'the account, unless the access key is itself 12 digits'),
  defaultControlRegion: text('us-east-1', 'the control region of a request that names none'),
  nearestMediaRegion: text('us-east-1', 'the response of GET /nearest-media-region'),
  signalingUrlBase: url(
    'ws://host:port of the signaling server, for all URLs in MediaPlacement; null: URLs of AWS',
  ),
  eventIngestionUrl: url('EventIngestionUrl of new meetings'),
};

const refusals = {
  constraintError: choice(
    ['ValidationException', 'BadRequestException'],
    'error when a member breaks its constraint',
  ),
  semanticError: choice(
    ['BadRequestException', 'ValidationException'],
    'error when members contradict each other',
  ),
  primaryError: choice(
    ['BadRequestException', 'NotFoundException', 'ForbiddenException'],
    'error when PrimaryMeetingId is unknown, ended, a replica, or of another control region',
  ),
  capacityError: choice(
    ['LimitExceededException', 'UnprocessableEntityException', 'only-at-connect'],
    'error for an attendee beyond the capacity',
  ),
  secondDeleteError: choice(
    ['NotFoundException', 'ForbiddenException'],
    'error when the attendee or meeting to delete is gone already',
  ),
  highDefinitionWithoutMaxCount: choice(['refuse', 'cap'], 'FHD or UHD requested without Attendee.MaxCount'),
};

const switches = {
  tokenScope: choice(
    ['per-operation', 'shared'],
    'whether the two create operations share ClientRequestTokens',
  ),
  tokenMismatch: choice(['original', 'error'], 'a known token with another body'),
  tokenAfterEnd: choice(['ended-meeting', 'new-meeting'], 'a known token whose meeting has ended'),
  externalUserIdRepeat: choice(['new', 'same'], 'CreateAttendee with an existing ExternalUserId'),
  duplicatesInBatch: choice(
    ['like-repeats', 'refuse-item'],
    'one ExternalUserId twice in a batch: as in two calls (external-user-id-repeat), or an error of the second item',
  ),
  batchOverCapacity: choice(['partial', 'all-or-nothing'], 'a batch that only partly fits'),
  replicaFeatures: choice(['own', 'of-primary'], 'MeetingFeatures of a replica that names none'),
  replicasCountAsMeetings: flag(true, 'replicas count against concurrentMeetings'),
  replicaViewersKeepPrimaryAlive: flag(
    false,
    'a viewer connected to a replica keeps its primary from idling',
  ),
  meetingStartedEvent: choice(['at-create', 'at-first-join'], 'when chime:MeetingStarted is sent'),
  transcriptionOfReplica: choice(
    ['BadRequestException', 'UnprocessableEntityException', 'accept'],
    'error when the transcription of a replica is started',
  ),
  stopWhileOff: choice(
    ['accept', 'NotFoundException', 'BadRequestException', 'UnprocessableEntityException'],
    'response to the stop of a transcription that is off',
  ),
  transcriptionLimit: choice(
    ['none', 'fail', 'resume'],
    'at the greatest length of a stream: nothing, it fails, or it is interrupted and resumed at once',
  ),
  transcriptionRole: flag(
    true,
    'the account has the service-linked role of transcriptions; without it a start gets 200, and fails',
  ),
  transcriptionStatusToReplicas: flag(
    true,
    'viewers of replicas are told when a transcription starts, stops or fails',
  ),
  transcriptionStatusAtEntry: choice(
    ['primary', 'all', 'none'],
    'the state of a running transcription is sent to clients that enter: the primary, also by promotion; replicas too; or to none',
  ),
  transcriptSpeaker: choice(
    ['right', 'wrong'],
    'the attendee whom a transcript names; wrong: another connected one',
  ),
  floodingClient: choice(['stays', 'disconnected'], 'a client beyond the flood limits of data messages'),
  reservedTopics: choice(['drop', 'relay'], 'data messages of clients with a topic that begins with aws:'),
  storedMessagesToReplicas: flag(
    true,
    'viewers who enter a replica get the stored data messages of the primary',
  ),
  stoppedEventAtEnd: flag(true, 'a meeting that ends sends chime:TranscriptionStopped'),
  cascadeEndedEvents: flag(true, 'replicas that end with their primary send chime:MeetingEnded'),
};

const delivery = {
  eventLoss: chance('probability that the delivery of an event is lost'),
  eventDuplication: chance('probability that an event is delivered twice'),
  eventReordering: count(
    0,
    'each delivery is delayed by up to this many ms, so that a later event may arrive before an earlier one',
  ),
};

/** Every limit, latency, switch and probability of the emulator. Defaults are the documented or likeliest values. */
export const OptionsSchema = z.strictObject({
  ...limits,
  ...times,
  ...identity,
  ...refusals,
  ...switches,
  ...delivery,
});

export type EmulatorOptions = z.infer<typeof OptionsSchema>;

/** Applies changes to options. Throws an error that names every unknown key and every invalid value. */
export function withOptions(current: Partial<EmulatorOptions>, changes: unknown): EmulatorOptions {
  const object = parsed(z.record(z.string(), z.unknown()), changes);
  return parsed(OptionsSchema, { ...current, ...object });
}
