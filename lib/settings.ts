import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { mayHost, mediaRegionsOf } from './domain/geo/media-regions.ts';

z.config(en()); // zod/mini has no words of its own for what is wrong

const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });
const whole = (min: number, max: number) => z.coerce.number().check(z.int(), z.minimum(min), z.maximum(max));
const arn = z.string().check(z.regex(/^arn[/:\-_.a-zA-Z0-9]+$/, 'is not an ARN'));
const list = z.pipe(
  z.string(),
  z.transform((text) => text.split(',').map((item) => item.trim())),
);
const tenantId = z.string().check(z.regex(/^(?!.*(.)\1{3})[-_!@#$a-zA-Z0-9]{2,256}$/, 'is not a tenant id'));

const environment = z.object({
  TABLE_NAME: z._default(
    z.string().check(z.regex(/^[a-zA-Z0-9_.-]{3,255}$/, 'is not a table name')),
    'balcony',
  ),
  CONTROL_REGION: z.exactOptional(z.string()),
  AWS_REGION: z._default(z.string(), 'us-east-1'),
  DEFAULT_MEDIA_REGION: z.exactOptional(z.string()),
  PERSON_CLAIM: z._default(z.string(), 'sub'),
  PERSON_IDS: z._default(z.enum(['plain', 'shortened']), 'plain'),
  DISPLAY_NAME_CLAIM: z.exactOptional(z.string()),
  ROLE_CLAIM: z._default(z.string(), 'role'),
  MEETING_CLAIM: z._default(z.string(), 'meeting'),
  TRUST_VIEWER_HEADERS: z._default(flag, false),
  CHIME_RATE_PER_SECOND: z._default(whole(1, 10_000), 10),
  CHIME_BURST: z._default(whole(1, 10_000), 20),
  CHIME_ATTEMPTS: z._default(whole(1, 10), 3),
  END_EMPTY_AFTER_MS: z._default(whole(0, 86_400_000), 900_000),
  DROPPED_SEAT_MS: z._default(whole(0, 86_400_000), 3_600_000),
  CHECK_PRIMARY_MS: z._default(whole(1000, 3_600_000), 30_000),
  ATTEMPT_TIMEOUT_MS: z._default(whole(100, 60_000), 3000),
  LEASE_MS: z._default(whole(10_000, 900_000), 20_000),
  TOPOLOGY_CACHE_MS: z._default(whole(0, 60_000), 1000),
  RETENTION_DAYS: z._default(whole(1, 3650), 30),
  NOTIFICATIONS_QUEUE_ARN: z.exactOptional(arn),
  NOTIFICATIONS_TOPIC_ARN: z.exactOptional(arn),
  TENANT_IDS: z.exactOptional(z.pipe(list, z.array(tenantId).check(z.minLength(1), z.maxLength(5)))),
  NETWORK_TYPE: z.exactOptional(z.enum(['Ipv4Only', 'DualStack'])),
  MEETING_HOST_ID: z.exactOptional(z.string().check(z.minLength(2), z.maxLength(64))),
  REQUESTS_PER_PERSON: z._default(whole(0, 10_000), 10),
  STAGE: z.exactOptional(z.string()),
  LOG_LEVEL: z._default(z.enum(['info', 'error', 'silent']), 'info'),
});

/** What a deployment decides. */
export type Settings = ReturnType<typeof readSettings>;

/**
 * Read an environment. Empty values count as absent; a bad one throws an error that names the variable, and so does a
 * control region that Chime has no API in, or one that cannot host where callers are seated by default.
 */
export function readSettings(env: Record<string, string | undefined>) {
  const present = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = environment.safeParse(Object.fromEntries(present));
  if (!parsed.success) throw new TypeError(complaint(parsed.error));
  const { data } = parsed;
  const { controlRegion, defaultMediaRegion } = regionsOf(data);
  return {
    tableName: data.TABLE_NAME,
    controlRegion,
    defaultMediaRegion,
    personClaim: data.PERSON_CLAIM,
    /** Whether a person whose claim is no user id is refused, or gets an id that is made of it. */
    personIds: data.PERSON_IDS,
    /** The claim with a person's name for others. With it, no other name counts; without it, people say it when they join. */
    displayNameClaim: data.DISPLAY_NAME_CLAIM,
    roleClaim: data.ROLE_CLAIM,
    meetingClaim: data.MEETING_CLAIM,
    trustViewerHeaders: data.TRUST_VIEWER_HEADERS,
    /** The account's quota for each Chime operation: General Reference, "Amazon Chime SDK endpoints and quotas". */
    chimeRatePerSecond: data.CHIME_RATE_PER_SECOND,
    chimeBurst: data.CHIME_BURST,
    /** How often the SDK asks Chime, where asking again is safe. */
    chimeAttempts: data.CHIME_ATTEMPTS,
    /** How long a stage may be empty before the reconciler ends the meeting; 0 is for ever. */
    endEmptyAfterMs: data.END_EMPTY_AFTER_MS,
    /** How long a person without a connection keeps a seat or a place on stage, without any request, where they run short; 0 is for ever. */
    droppedSeatMs: data.DROPPED_SEAT_MS,
    /** How often Chime is asked whether a primary lives: nobody is seated in a dead meeting for longer. */
    checkPrimaryMs: data.CHECK_PRIMARY_MS,
    /** How long one attempt at a call to AWS may take: a lost answer is found out by looking, not by waiting. */
    attemptTimeoutMs: data.ATTEMPT_TIMEOUT_MS,
    leaseMs: data.LEASE_MS,
    topologyCacheMs: data.TOPOLOGY_CACHE_MS,
    retentionDays: data.RETENTION_DAYS,
    notificationsQueueArn: data.NOTIFICATIONS_QUEUE_ARN,
    notificationsTopicArn: data.NOTIFICATIONS_TOPIC_ARN,
    tenantIds: data.TENANT_IDS,
    networkType: data.NETWORK_TYPE,
    meetingHostId: data.MEETING_HOST_ID,
    /** How many requests a second one person may make of one route, for each Lambda instance; 0 is no limit. */
    requestsPerPerson: data.REQUESTS_PER_PERSON,
    /** The name of the deployment, under which metrics are written. Without it, as on a laptop, none are. */
    stage: data.STAGE,
    logLevel: data.LOG_LEVEL,
  };
}

let memo: Settings | undefined;

/** The settings of this process, read at first use: the only reader of `process.env`. */
export function settings(): Settings {
  memo ??= readSettings(process.env);
  return memo;
}

function regionsOf(data: z.output<typeof environment>) {
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

function complaint(error: z.core.$ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
