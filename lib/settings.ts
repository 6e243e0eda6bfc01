import * as z from 'zod';

const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const arn = z.string().regex(/^arn[/:\-_.a-zA-Z0-9]+$/, 'is not an ARN');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const tenantId = z.string().regex(/^(?!.*(.)\1{3})[-_!@#$a-zA-Z0-9]{2,256}$/, 'is not a tenant id');

const environment = z.object({
  TABLE_NAME: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{3,255}$/, 'is not a table name')
    .default('balcony'),
  CONTROL_REGION: z.string().exactOptional(),
  AWS_REGION: z.string().default('us-east-1'),
  DEFAULT_MEDIA_REGION: z.string().exactOptional(),
  ROLE_CLAIM: z.string().default('role'),
  MEETING_CLAIM: z.string().default('meeting'),
  TRUST_VIEWER_HEADERS: flag.default(false),
  CHIME_RATE_PER_SECOND: whole(1, 10_000).default(10),
  CHIME_BURST: whole(1, 10_000).default(20),
  CHIME_ATTEMPTS: whole(1, 10).default(3),
  END_EMPTY_AFTER_MS: whole(0, 86_400_000).default(900_000),
  CHECK_PRIMARY_MS: whole(1000, 3_600_000).default(30_000),
  ATTEMPT_TIMEOUT_MS: whole(100, 60_000).default(3000),
  LEASE_MS: whole(1, 900_000).default(15_000),
  TOPOLOGY_CACHE_MS: whole(0, 60_000).default(1000),
  RETENTION_DAYS: whole(1, 3650).default(30),
  NOTIFICATIONS_QUEUE_ARN: arn.exactOptional(),
  NOTIFICATIONS_TOPIC_ARN: arn.exactOptional(),
  TENANT_IDS: list.pipe(z.array(tenantId).min(1).max(5)).exactOptional(),
  NETWORK_TYPE: z.enum(['Ipv4Only', 'DualStack']).exactOptional(),
  MEETING_HOST_ID: z.string().min(2).max(64).exactOptional(),
  LOG_LEVEL: z.enum(['info', 'error', 'silent']).default('info'),
});

/** What a deployment decides. */
export type Settings = ReturnType<typeof readSettings>;

/** Read an environment. Empty values count as absent; a bad one throws an error that names the variable. */
export function readSettings(env: Record<string, string | undefined>) {
  const present = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = environment.safeParse(Object.fromEntries(present));
  if (!parsed.success) throw new TypeError(complaint(parsed.error));
  const { data } = parsed;
  const controlRegion = data.CONTROL_REGION ?? data.AWS_REGION;
  return {
    tableName: data.TABLE_NAME,
    controlRegion,
    defaultMediaRegion: data.DEFAULT_MEDIA_REGION ?? controlRegion,
    roleClaim: data.ROLE_CLAIM,
    meetingClaim: data.MEETING_CLAIM,
    trustViewerHeaders: data.TRUST_VIEWER_HEADERS,
    /** The account's quota for each Chime operation: General Reference, "Amazon Chime SDK endpoints and quotas". */
    chimeRatePerSecond: data.CHIME_RATE_PER_SECOND,
    chimeBurst: data.CHIME_BURST,
    /** How often the SDK asks Chime, where asking again is safe. */
    chimeAttempts: data.CHIME_ATTEMPTS,
    /** How long a stage may be empty before the sweep ends the meeting; 0 is for ever. */
    endEmptyAfterMs: data.END_EMPTY_AFTER_MS,
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
    logLevel: data.LOG_LEVEL,
  };
}

let memo: Settings | undefined;

/** The settings of this process, read at first use: the only reader of `process.env`. */
export function settings(): Settings {
  memo ??= readSettings(process.env);
  return memo;
}

function complaint(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
