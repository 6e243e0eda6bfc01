import type { CallCounts } from '../../emulator/state/records.ts';
import type { Deployment } from '../../simulation/deployment/deployment.ts';
import { hottestKey } from '../../simulation/deployment/meter.ts';
import { mean, percentile, rounded } from '../../simulation/numbers.ts';

/** The result of one viewer. */
export interface Joined {
  came: number;
  /** Absent if the viewer gave up. */
  seatedAt: number | undefined;
  /** The status of every response. */
  statuses: number[];
  /** The last response. */
  body: string;
}

/** The result of a crowd. "Per join" means per viewer, with all requests of that viewer. */
export interface Way {
  /** From the first arrival until all viewers are seated. */
  seconds: number;
  seated: number;
  /** From a viewer's arrival to the seat. */
  p50Seconds: number;
  p99Seconds: number;
  /** The mean of all, and of those who came in the first 0.2 s. */
  meanSeconds: number;
  earlySeconds: number;
  chimeCalls: number;
  callsByOperation: Record<string, number>;
  throttles: number;
  joinRequests: number;
  answers: Record<string, number>;
  dynamoRoundTripsPerJoin: number;
  readUnitsPerJoin: number;
  writeUnitsPerJoin: number;
  lambdaMsPerJoin: number;
  requestsPerJoin: number;
  containers: number;
  hottestKey: { key: string; writesPerSecond: number };
  meanRttMs: number;
  /** The cost of the host's `PUT …/seats`, if there was one. */
  preparing: { seconds: number; chimeCalls: number };
  /** The time at which each viewer was seated (seconds from the first arrival), sorted. */
  seatedAfter: number[];
  /** The AttendeeId of each viewer. */
  attendees: string[];
}

export interface Played {
  joined: Joined[];
  preparing: { seconds: number; calls: CallCounts };
}

interface Body {
  Attendee?: { AttendeeId: string };
  placement?: { rttMs: number };
}

export function outcomeOf(deployment: Deployment, { joined, preparing }: Played): Way {
  const { meter, chime, billedMs, containers } = deployment;
  const first = Math.min(...joined.map(({ came }) => came));
  const seated = joined.filter(({ seatedAt }) => seatedAt !== undefined) as (Joined & { seatedAt: number })[];
  const seatedAfter = seated.map(({ seatedAt }) => (seatedAt - first) / 1000).sort((a, b) => a - b);
  const bodies = seated.map(({ body }) => JSON.parse(body) as Body);
  const statuses = joined.flatMap((each) => each.statuses);
  const perJoin = (sum: number) => rounded(sum / joined.length);
  return {
    seconds: rounded(seatedAfter.at(-1) ?? 0, 3),
    seated: seated.length,
    ...waits(seated, first),
    ...callsOf(chime.state.calls),
    joinRequests: statuses.length,
    answers: tally(statuses.map(String)),
    dynamoRoundTripsPerJoin: perJoin(meter.requests),
    readUnitsPerJoin: perJoin(meter.reads),
    writeUnitsPerJoin: perJoin(meter.writes),
    lambdaMsPerJoin: perJoin(billedMs),
    requestsPerJoin: perJoin(statuses.length),
    containers,
    hottestKey: hottestKey(meter),
    meanRttMs: perJoin(bodies.reduce((sum, { placement }) => sum + (placement?.rttMs ?? 0), 0)),
    preparing: { seconds: rounded(preparing.seconds, 3), chimeCalls: callsOf(preparing.calls).chimeCalls },
    seatedAfter,
    attendees: bodies.map(({ Attendee }) => Attendee?.AttendeeId ?? ''),
  };
}

/** Viewers who came this long after the first one, at most, came early. */
const EARLY_MS = 200;

function waits(seated: (Joined & { seatedAt: number })[], first: number) {
  const secondsOf = ({ came, seatedAt }: { came: number; seatedAt: number }) => (seatedAt - came) / 1000;
  const seconds = seated.map(secondsOf);
  const early = seated.filter(({ came }) => came <= first + EARLY_MS).map(secondsOf);
  return {
    p50Seconds: rounded(percentile(seconds, 50), 3),
    p99Seconds: rounded(percentile(seconds, 99), 3),
    meanSeconds: rounded(mean(seconds), 3),
    earlySeconds: rounded(mean(early), 3),
  };
}

/** The calls of each Chime operation, and how many of them were answered 429. */
export function callsOf(calls: CallCounts): Pick<Way, 'chimeCalls' | 'callsByOperation' | 'throttles'> {
  const sum = (outcomes: Record<string, number>) =>
    Object.values(outcomes).reduce((all, each) => all + each, 0);
  const entries = Object.entries(calls).map(([name, outcomes]) => [name, sum(outcomes)] as const);
  return {
    chimeCalls: entries.reduce((all, [, each]) => all + each, 0),
    callsByOperation: Object.fromEntries(entries),
    throttles: Object.values(calls).reduce((all, outcomes) => all + (outcomes.ThrottlingException ?? 0), 0),
  };
}

export function tally(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
