import { reconcile } from '../../lib/flows/reconcile/run.ts';
import type { Handler } from '../../lib/http.ts';
import { dueNames, RECONCILE_SHARDS } from '../../lib/store/topology/due.ts';
import { ask } from '../../simulation/deployment/client.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { depsOf, eventOf, type Routes, routesOf } from '../../simulation/deployment/routes.ts';
import { rounded } from '../../simulation/numbers.ts';
import { memoryMb, PRICES } from '../cost.ts';
import { callsOf } from '../crowd/outcome.ts';
import { untilAnswered } from '../until-answered.ts';

const SEED = 1;
const MINUTE_MS = 60_000;
/** As serverless.yml and `lib/events/schedule.ts` have it: a pass begins no name after this (milliseconds). */
const BEGINS_FOR_MS = 40_000;
const MINUTES_A_MONTH = 43_800;
/** Hosts who open their names at once, so that the set-up stays within the quota. */
const HOSTS = 8;

/** Runs the reconciler over live names that need nothing: a host on stage, no viewers. */
export async function reconcilerBench({ names, minutes }: { names: number; minutes: number }) {
  const deployment = await deploy(SEED, { concurrentMeetings: names + 1 });
  const routes = routesOf(deployment, SEED);
  return play(deployment, SEED, async () => {
    await openAll(deployment, routes, names);
    await deployment.wait(2 * MINUTE_MS); // all are due
    const from = deployment.clock.now;
    const passes = [];
    const waiting: number[] = [];
    for (let minute = 0; minute < minutes; minute++) {
      const before = usageOf(deployment);
      const reconciled = await pass(deployment, minute);
      passes.push({ reconciled, ...minus(usageOf(deployment), before) });
      waiting.push(await stillDue(from));
      if (waiting.at(-1) === 0) break;
      await deployment.wait(Math.max(0, from + (minute + 1) * MINUTE_MS - deployment.clock.now));
    }
    return { names, ...figures(passes, waiting) };
  });
}

async function openAll(deployment: Deployment, routes: Routes, names: number): Promise<void> {
  const all = Array.from({ length: names }, (_, n) => `quiet-${n}`);
  const open = async () => {
    for (let name = all.pop(); name; name = all.pop()) {
      const host = eventOf({ sub: 'ada@example.com', role: 'host' }, {}, name);
      await ask(deployment, routes.create, host);
      await untilAnswered(deployment, () => ask(deployment, routes.join, host));
    }
  };
  await Promise.all(Array.from({ length: HOSTS }, open));
  deployment.chime.state.calls = {};
  Object.assign(deployment, { meter: createMeter(), billedMs: 0 });
}

/** One scheduled pass, in a container. Returns how many names it reconciled. */
async function pass(deployment: Deployment, minute: number): Promise<number> {
  const { now, random, pause } = depsOf(deployment, SEED + minute);
  let done = 0;
  const handler = async () => {
    const requestId = `pass-${minute}`;
    const until = now() + BEGINS_FOR_MS;
    const failed = (name: string, error: unknown) => {
      throw new Error(name, { cause: error });
    };
    done = (await reconcile({ now, random, pause, requestId, until, failed })).reconciled;
    return { statusCode: 200, headers: {} };
  };
  await deployment.invoke(handler as Handler, {});
  return done;
}

/** How many names were due at this time and have not been looked at since. */
async function stillDue(at: number): Promise<number> {
  let names = 0;
  for (let shard = 0; shard < RECONCILE_SHARDS; shard++) names += (await dueNames(shard, at, 100_000)).length;
  return names;
}

function usageOf({ meter, chime, billedMs }: Deployment) {
  const { callsByOperation, throttles } = callsOf(chime.state.calls);
  const { GetMeeting = 0, ListAttendees = 0 } = callsByOperation;
  const { requests, reads, writes } = meter;
  return { requests, reads, writes, billedMs, GetMeeting, ListAttendees, throttles };
}

type Usage = ReturnType<typeof usageOf>;
const minus = (after: Usage, before: Usage) =>
  Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, value - before[name as keyof Usage]]),
  ) as Usage;

function figures(passes: ({ reconciled: number } & Usage)[], waiting: number[]) {
  const sum = (member: keyof (typeof passes)[number]) => passes.reduce((all, each) => all + each[member], 0);
  const looks = sum('reconciled');
  const perLook = (member: keyof Usage) => rounded(sum(member) / looks, 2);
  const lambda = (sum('billedMs') / 1000) * (memoryMb() / 1024) * PRICES.lambdaPerGbSecond;
  const dynamo =
    (sum('reads') * PRICES.dynamoPerMillionReadUnits + sum('writes') * PRICES.dynamoPerMillionWriteUnits) /
    1e6;
  return {
    looksAMinute: Math.round(looks / passes.length),
    neverLookedAtAfterMinute: waiting,
    dynamoRequestsPerLook: perLook('requests'),
    readUnitsPerLook: perLook('reads'),
    writeUnitsPerLook: perLook('writes'),
    getMeetingPerLook: perLook('GetMeeting'),
    listAttendeesPerLook: perLook('ListAttendees'),
    throttles: sum('throttles'),
    dollarsAMonth: rounded(((lambda + dynamo) / passes.length) * MINUTES_A_MONTH, 2),
  };
}
