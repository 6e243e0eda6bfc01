import { DEFAULTS, type Limits, minimumSeconds } from '../../simulation/quota-minimum.ts';
import { type Audience, type Load, loadOf } from './load.ts';

/** One need of the audience, and what every account has by default. */
export interface Need {
  what: string;
  /** Its key in Service Quotas: the code where AWS's list confirms it, otherwise the name. */
  quota?: { service: RegExp; code?: string; name: RegExp };
  needed: number;
  byDefault: number;
  /** What to do if the account has too little. */
  remedy: string;
}

export interface Plan {
  replicas: Record<string, number>;
  /** The seconds that opening takes at Chime's pace: calls per second of each operation, a hundred seats per call. */
  openingSeconds: number;
  needs: Need[];
  warnings: string[];
}

/** Amazon Chime SDK endpoints and quotas: https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html */
const CHIME = { replicas: 4, mostReplicas: 40, meetings: 250 };
/** https://docs.aws.amazon.com/chime-sdk/latest/dg/js-meeting-features.html */
const HIGH_DEFINITION: Limits = { ...DEFAULTS, seatsEach: 25 };
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; 100 must be left unreserved. */
const LAMBDA = { concurrency: 1000, reserved: 10, unreserved: 100, startedAtOnce: 1000 };
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const API_CALLS = 10_000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html: of a new table. */
const TABLE = { writes: 4000, reads: 12_000, writesPerKey: 1000 };
/** The parameter of serverless.yml. */
const THROTTLE_RATE = 2000;

/**
 * How long a join occupies an instance, in seconds. A viewer's first join may be a cold start (a conservative guess); p99 of
 * others.
 */
const JOIN_SECONDS = { first: 0.5, repeated: 0.05 };

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
const mapped = (record: Record<string, number>, change: (n: number) => number) =>
  Object.fromEntries(Object.entries(record).map(([key, n]) => [key, change(n)]));

/** The needs of one meeting with this audience. Only arithmetic; `warnings` names what AWS does not document. */
export function needsOf(audience: Audience): Plan {
  const limits = audience.isHighDefinition ? HIGH_DEFINITION : DEFAULTS;
  const replicas = mapped(audience.viewers, (there) => Math.ceil(there / limits.seatsEach));
  const count = sum(Object.values(replicas));
  const openingSeconds = Math.ceil(minimumSeconds(count * limits.seatsEach, limits));
  const load = loadOf(audience, openingSeconds);
  const busiest = Math.max(0, ...Object.keys(replicas).map((name) => arrivals(audience, replicas, name)));
  return {
    replicas,
    openingSeconds,
    needs: [...chimeNeeds(count), ...otherNeeds(load, busiest)],
    warnings: [...warningsAbout(count, limits), ...scalingWarning(load)],
  };
}

/** Viewers per second for each replica of a region. */
function arrivals({ viewers, withinSeconds }: Audience, replicas: Record<string, number>, name: string) {
  return (viewers[name] ?? 0) / Math.max(1, replicas[name] ?? 0) / withinSeconds;
}

function chimeNeeds(replicas: number): Need[] {
  return [
    {
      what: 'replicas of one primary',
      quota: { service: /chime/i, code: 'L-154D84D0', name: /replica/i },
      needed: replicas,
      byDefault: CHIME.replicas,
      remedy: 'raise the quota, then set maxReplicas of the meeting',
    },
    {
      what: 'meetings at once',
      quota: { service: /chime/i, code: 'L-9F286451', name: /concurrent meetings|active meetings/i },
      needed: replicas + 1,
      byDefault: CHIME.meetings,
      remedy: 'raise the quota; the calls a second rise with it',
    },
  ];
}

function otherNeeds({ firsts, requests, reads, writes }: Load, busiest: number): Need[] {
  const instances = firsts * JOIN_SECONDS.first + (requests - firsts) * JOIN_SECONDS.repeated;
  return [
    {
      what: 'Lambda instances at once',
      quota: { service: /^AWS Lambda$/, name: /^Concurrent executions$/i },
      needed: Math.ceil(instances) + LAMBDA.reserved + LAMBDA.unreserved,
      byDefault: LAMBDA.concurrency,
      remedy: 'raise the quota; a young account has far less than the default',
    },
    {
      what: 'API requests a second',
      quota: { service: /^Amazon API Gateway$/, name: /^Throttle rate$/i },
      needed: requests,
      byDefault: API_CALLS,
      remedy: 'raise the quota, or have them come over a longer time',
    },
    {
      what: 'joins a second, by our own throttle',
      needed: requests,
      byDefault: THROTTLE_RATE,
      remedy: 'deploy with --param=throttleRate=… and throttleBurst',
    },
    { what: 'write units a second', needed: writes, byDefault: TABLE.writes, remedy: WARM },
    { what: 'read units a second', needed: reads, byDefault: TABLE.reads, remedy: WARM },
    {
      what: 'writes a second on one replica',
      needed: Math.ceil(busiest),
      byDefault: TABLE.writesPerKey,
      remedy: 'have them come over a longer time: one key takes no more',
    },
  ];
}

const WARM =
  'warm the table and its indexes before: aws dynamodb update-table --warm-throughput and --global-secondary-index-updates';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html: 1,000 more each ten seconds, of one function. */
function scalingWarning({ firsts }: Load): string[] {
  if (firsts * JOIN_SECONDS.first <= LAMBDA.startedAtOnce) return [];
  return [
    `Lambda starts ${LAMBDA.startedAtOnce.toLocaleString('en-US')} instances of a function at once, then as many each 10 s: some will wait.`,
  ];
}

function warningsAbout(replicas: number, { seatsEach }: Limits): string[] {
  const most = CHIME.mostReplicas;
  const seats = (most * seatsEach).toLocaleString('en-US');
  return [
    ...(replicas > most
      ? [
          `AWS has documented up to ${most} replicas of a primary, with ${seats} seats, and this takes ${replicas}.`,
        ]
      : []),
    'Whether replicas count among the meetings at once is not documented: they are counted here.',
    'The calls a second of BatchCreateAttendee have a quota whose code we do not know: 10 is taken.',
  ];
}
