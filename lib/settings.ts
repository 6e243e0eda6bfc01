import { mayHost, mediaRegionsOf } from './domain/geo/media-regions.ts';
import {
  MEETING_HOST_ID,
  MOST_TENANT_IDS,
  NETWORK_TYPES,
  TENANT_ID,
} from './domain/meeting/session-options.ts';
import {
  flag,
  listOf,
  matching,
  oneOf,
  optional,
  or,
  positive,
  readVariables,
  text,
  whole,
} from './variables.ts';

const arn = matching(/^arn[/:\-_.a-zA-Z0-9]+$/, 'an ARN');

const VARIABLES = {
  TABLE_NAME: or(matching(/^[a-zA-Z0-9_.-]{3,255}$/, 'a table name'), 'balcony'),
  CONTROL_REGION: optional(text),
  AWS_REGION: or(text, 'us-east-1'),
  DEFAULT_MEDIA_REGION: optional(text),
  PERSON_CLAIM: or(text, 'sub'),
  PERSON_IDS: or(oneOf(['plain', 'shortened']), 'plain'),
  DISPLAY_NAME_CLAIM: optional(text),
  ROLE_CLAIM: or(text, 'role'),
  MEETING_CLAIM: or(text, 'meeting'),
  TRUST_VIEWER_HEADERS: or(flag, false),
  CHIME_RATE_PER_SECOND: or(whole(1, 10_000), 10),
  CHIME_BURST: or(whole(1, 10_000), 20),
  CHIME_ATTEMPTS: or(whole(1, 10), 3),
  END_EMPTY_AFTER_MS: or(whole(0, 86_400_000), 900_000),
  CAPTIONS_RESTART_MS: or(whole(0, 14_400_000), 13_800_000),
  DROPPED_SEAT_MS: or(whole(0, 86_400_000), 3_600_000),
  CHECK_PRIMARY_MS: or(whole(1000, 3_600_000), 30_000),
  ATTEMPT_TIMEOUT_MS: or(whole(100, 60_000), 3000),
  LEASE_MS: or(whole(10_000, 900_000), 20_000),
  STAGE_RETURN_MS: or(whole(0, 3_600_000), 30_000),
  TOPOLOGY_CACHE_MS: or(whole(0, 60_000), 1000),
  RETENTION_DAYS: or(whole(1, 3650), 30),
  NOTIFICATIONS_QUEUE_ARN: optional(arn),
  NOTIFICATIONS_TOPIC_ARN: optional(arn),
  TENANT_IDS: optional(listOf(matching(TENANT_ID, 'a tenant id'), MOST_TENANT_IDS)),
  NETWORK_TYPE: optional(oneOf(NETWORK_TYPES)),
  MEETING_HOST_ID: optional(matching(MEETING_HOST_ID, 'a host id')),
  REQUESTS_PER_PERSON: or(whole(0, 10_000), 10),
  WEBHOOK_URLS: optional(text),
  WEBHOOK_EVENTS: optional(text),
  WEBHOOK_SIGNING: optional(text),
  WEBHOOKS_QUEUE_URL: optional(text),
  PRICE_PER_ATTENDEE_MINUTE: optional(positive(1000)),
  PRICE_CURRENCY: or(matching(/^[A-Z]{3}$/, 'the code of a currency'), 'USD'),
  STAGE: optional(text),
  LOG_LEVEL: or(oneOf(['info', 'error', 'silent']), 'info'),
};

/** The settings of a deployment. */
export type Settings = ReturnType<typeof readSettings>;

/**
 * Read the settings from an environment. Empty values count as absent. An invalid value throws an error that names
 * the variable. So does a control region without an API of Chime, or one that cannot host the default media region.
 */
export function readSettings(env: Record<string, string | undefined>) {
  const data = readVariables(VARIABLES, env);
  const { controlRegion, defaultMediaRegion } = regionsOf(data);
  return {
    tableName: data.TABLE_NAME,
    controlRegion,
    defaultMediaRegion,
    personClaim: data.PERSON_CLAIM,
    /**
     * Whether a person whose claim is not a valid user id is refused (`plain`), or gets an id derived from it
     * (`shortened`).
     */
    personIds: data.PERSON_IDS,
    /**
     * The claim with a person's display name. With it, no other name counts; without it, the join request names the
     * person.
     */
    displayNameClaim: data.DISPLAY_NAME_CLAIM,
    roleClaim: data.ROLE_CLAIM,
    meetingClaim: data.MEETING_CLAIM,
    trustViewerHeaders: data.TRUST_VIEWER_HEADERS,
    /** The account's quota for each Chime operation: General Reference, "Amazon Chime SDK endpoints and quotas". */
    chimeRatePerSecond: data.CHIME_RATE_PER_SECOND,
    chimeBurst: data.CHIME_BURST,
    /** How many attempts the SDK makes at a call to Chime that may be retried. */
    chimeAttempts: data.CHIME_ATTEMPTS,
    /** How long a stage may be empty before the reconciler ends the meeting; 0 means for ever. */
    endEmptyAfterMs: data.END_EMPTY_AFTER_MS,
    /**
     * The age at which the reconciler restarts captions, because a stream of Amazon Transcribe ends after four hours; 0 means
     * never. What Chime does then is not documented.
     */
    captionsRestartMs: data.CAPTIONS_RESTART_MS,
    /**
     * How long a person without a connection and without a request keeps a seat or place, where they run short; 0
     * means for ever.
     */
    droppedSeatMs: data.DROPPED_SEAT_MS,
    /** How often Chime is asked whether a primary exists. No viewer is seated in a dead meeting for longer. */
    checkPrimaryMs: data.CHECK_PRIMARY_MS,
    /** How long one attempt at a call to AWS may take. A lost response is resolved by reading, not by waiting. */
    attemptTimeoutMs: data.ATTEMPT_TIMEOUT_MS,
    leaseMs: data.LEASE_MS,
    /** For how long a promoted viewer who left, or whose page closed, returns to the stage by joining again. */
    stageReturnMs: data.STAGE_RETURN_MS,
    topologyCacheMs: data.TOPOLOGY_CACHE_MS,
    retentionDays: data.RETENTION_DAYS,
    notificationsQueueArn: data.NOTIFICATIONS_QUEUE_ARN,
    notificationsTopicArn: data.NOTIFICATIONS_TOPIC_ARN,
    /** Of these three, a meeting may set its own: `sessionOptions`. */
    tenantIds: data.TENANT_IDS,
    networkType: data.NETWORK_TYPE,
    meetingHostId: data.MEETING_HOST_ID,
    /** How many requests per second one person may make of one route, for each Lambda instance; 0 means no limit. */
    requestsPerPerson: data.REQUESTS_PER_PERSON,
    /** As they are written: `lib/webhooks/options.ts` reads them, so that other functions need no code for it. */
    webhooks: {
      urls: data.WEBHOOK_URLS,
      events: data.WEBHOOK_EVENTS,
      signing: data.WEBHOOK_SIGNING,
      queueUrl: data.WEBHOOKS_QUEUE_URL,
    },
    /** What a minute of one attendee costs, for estimates. Without it, only minutes are reported. */
    price:
      data.PRICE_PER_ATTENDEE_MINUTE === undefined
        ? undefined
        : { perAttendeeMinute: data.PRICE_PER_ATTENDEE_MINUTE, currency: data.PRICE_CURRENCY },
    /** The name of the deployment, under which metrics are written. Without it, as on a laptop, none are. */
    stage: data.STAGE,
    logLevel: data.LOG_LEVEL,
  };
}

let memo: Settings | undefined;

/** The settings of this process, read at first use. Nothing else reads `process.env`. */
export function settings(): Settings {
  memo ??= readSettings(process.env);
  return memo;
}

function regionsOf(data: ReturnType<typeof readVariables<typeof VARIABLES>>) {
  const { CONTROL_REGION, AWS_REGION } = data;
  const controlRegion = CONTROL_REGION ?? AWS_REGION;
  const defaultMediaRegion = data.DEFAULT_MEDIA_REGION ?? controlRegion;
  const hosts = mediaRegionsOf(controlRegion);
  if (hosts.length === 0) {
    const name = CONTROL_REGION ? 'CONTROL_REGION' : 'AWS_REGION';
    throw new TypeError(`${name}: Chime has no API for meetings in ${controlRegion}`);
  }
  if (!mayHost(controlRegion, defaultMediaRegion)) {
    const there = `${controlRegion} hosts meetings in ${hosts.join(', ')}`;
    throw new TypeError(`DEFAULT_MEDIA_REGION: not ${defaultMediaRegion}; ${there}`);
  }
  return { controlRegion, defaultMediaRegion };
}
