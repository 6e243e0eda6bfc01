import { reconcile } from '../../lib/flows/reconcile/run.ts';
import type { Handler } from '../../lib/http.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { depsOf, routesOf } from '../../simulation/deployment/routes.ts';
import { percentile, rounded } from '../../simulation/numbers.ts';
import { memoryMb, PRICES } from '../cost.ts';
import { callsOf } from '../crowd/outcome.ts';
import { type Audience, NO_AUDIENCE, openMany } from './many-names.ts';
import { KINDS, type Struck, strikeAll } from './troubles.ts';

const SEED = 1;
const MINUTE_MS = 60_000;
/** As serverless.yml and `lib/events/schedule.ts` have it: a pass begins no name after this (milliseconds). */
const BEGINS_FOR_MS = 40_000;
const MINUTES_A_MONTH = 43_800;

/** How many names, for how many minutes, and how many things of each kind go wrong at other names. */
export interface Run {
  names: number;
  minutes: number;
  troubles: number;
  audience?: Audience;
}

/**
 * Runs the reconciler over live names that need nothing: a host who is connected, and viewers who stay. In the first half of the time,
 * things go wrong at a few names among them.
 */
export async function reconcilerBench({ names, minutes, troubles, audience = NO_AUDIENCE }: Run) {
  const { replicas } = audience;
  const concurrentMeetings = (names + 1) * (replicas + 1);
  const deployment = await deploy(SEED, {
    concurrentMeetings,
    replicasPerPrimary: Math.max(4, replicas + 1),
  });
  const routes = routesOf(deployment, SEED);
  return play(deployment, SEED, async () => {
    const all = await openMany(deployment, routes, names, audience);
    await deployment.wait(2 * MINUTE_MS);
    forgetUsage(deployment);
    const from = deployment.clock.now;
    const chance = chanceOf(SEED, 'troubles');
    const wrong = { names: all, each: troubles, replicas, ms: (minutes * MINUTE_MS) / 2 };
    const [passes, struck] = await Promise.all([
      passesFor(deployment, minutes),
      strikeAll(deployment, chance, wrong),
    ]);
    const looks = all.map((name) => looksAt(deployment, name, from));
    return {
      names,
      minutes,
      ...audience,
      ...usage(deployment, { names, minutes }),
      looksAMinute: Math.round(passes.reduce((sum, looked) => sum + looked, 0) / minutes),
      secondsUntilFirstLook: spread(looks.map(([first]) => first)),
      secondsUntilSeen: Object.fromEntries(KINDS.map((kind) => [kind, seen(deployment, struck, kind)])),
    };
  });
}

function forgetUsage(deployment: Deployment): void {
  deployment.chime.state.calls = {};
  Object.assign(deployment, { meter: createMeter(), billedMs: 0 });
}

/** One pass a minute, in a container. Returns how many names each reconciled. */
async function passesFor(deployment: Deployment, minutes: number): Promise<number[]> {
  const from = deployment.clock.now;
  const reconciled: number[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    reconciled.push(await onePass(deployment, minute));
    await deployment.wait(Math.max(0, from + (minute + 1) * MINUTE_MS - deployment.clock.now));
  }
  return reconciled;
}

/** Runs one pass of the reconciler in a container. Returns how many names it reconciled. */
export async function onePass(deployment: Deployment, minute: number): Promise<number> {
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

/**
 * When the reconciler began to look at this name, in seconds since `from`. Every look begins with a write to its record, and in
 * this bench nothing else writes there but a trouble that begins.
 */
function looksAt({ meter }: Deployment, name: string, from: number): number[] {
  const writes = meter.writesAt.get(`MEETING#${name}`) ?? [];
  return writes.filter((at) => at > from).map((at) => rounded((at - from) / 1000, 1));
}

/** How long the troubles of one kind lasted until the reconciler looked at their names (seconds). */
const seen = (deployment: Deployment, struck: Struck[], kind: Struck['kind']) =>
  spread(struck.filter((one) => one.kind === kind).map(({ name, at }) => looksAt(deployment, name, at)[0]));

/** `never`: not within the time of the bench. */
function spread(seconds: (number | undefined)[]) {
  const known = seconds.flatMap((each) => each ?? []);
  const never = seconds.length - known.length;
  if (known.length === 0) return { never };
  return { p50: percentile(known, 50), most: percentile(known, 100), ...(never > 0 && { never }) };
}

/** What the passes used, for each name and minute, and in a month of 730 hours. */
function usage({ meter, chime, billedMs }: Deployment, { names, minutes }: Omit<Run, 'troubles'>) {
  const { callsByOperation, throttles } = callsOf(chime.state.calls);
  const calls = Object.values(callsByOperation).reduce((sum, each) => sum + each, 0);
  const each = (sum: number, digits = 2) => rounded(sum / names / minutes, digits);
  const aMonth = (dollars: number) => rounded((dollars / minutes) * MINUTES_A_MONTH, 2);
  const gbSeconds = (billedMs / 1000) * (memoryMb('reconcile') / 1024);
  return {
    aNameAndMinute: {
      dynamoRequests: each(meter.requests),
      readUnits: each(meter.reads),
      writeUnits: each(meter.writes),
      chimeCalls: each(calls, 3),
      callsByOperation,
    },
    throttles,
    dollarsAMonth: {
      dynamodb: aMonth(
        (meter.reads * PRICES.dynamoPerMillionReadUnits + meter.writes * PRICES.dynamoPerMillionWriteUnits) /
          1e6,
      ),
      lambda: aMonth(gbSeconds * PRICES.lambdaPerGbSecond),
    },
  };
}
