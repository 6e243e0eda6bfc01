import { chanceOf } from '../../simulation/chance.ts';
import { ask } from '../../simulation/deployment/client.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter, hottestKey } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { eventOf, type Routes, routesOf } from '../../simulation/deployment/routes.ts';
import { busiestWindow, rounded } from '../../simulation/numbers.ts';
import { minimumSeconds } from '../../simulation/quota-minimum.ts';
import { dollarsPerMillion, memoryMb } from '../cost.ts';
import { untilAnswered } from '../until-answered.ts';

/** People who wait for a presenter of one name, or of several. */
export interface Audience {
  names: number;
  /** Waiting viewers of each name. */
  viewers: number;
}

/** The sizes whose figures are in docs/performance.md. */
export const AUDIENCES: Audience[] = [
  { names: 1, viewers: 10 },
  { names: 1, viewers: 1000 },
  { names: 1, viewers: 10_000 },
  { names: 5, viewers: 10_000 },
];

const SEED = 1;
/** Viewers come within this time, all have come when the measurement begins, and the presenters come when it ends. */
const COME_WITHIN_MS = 30_000;
const MEASURED_FROM_MS = 60_000;
const PRESENTERS_COME_MS = 120_000;
const MEASURED_S = (PRESENTERS_COME_MS - MEASURED_FROM_MS) / 1000;
/** The average of the fixed wait that this replaced: 500 ms, and up to as much again. */
const FIXED_WAIT_S = 0.75;
const RESPONSE_BYTES = 400;

/** Runs one audience: it waits for two minutes, then the presenters come. */
export async function waitingBench({ names, viewers }: Audience) {
  const replicas = Math.ceil(viewers / 250);
  const deployment = await deploy(SEED, { replicasPerPrimary: replicas, concurrentMeetings: 1000 });
  const routes = routesOf(deployment, SEED);
  const chance = chanceOf(SEED, 'arrivals');
  return play(deployment, SEED, async () => {
    const all = Array.from({ length: names }, (_, n) => `event-${n}`);
    for (const name of all) await asHost(deployment, routes.create, name, { maxReplicas: replicas });
    const begun = deployment.clock.now;
    const sentAt: number[] = [];
    const people = all.flatMap((name) =>
      Array.from({ length: viewers }, (_, k) => {
        const viewer = { name, sub: `viewer-${k}`, comesAfterMs: chance.next() * COME_WITHIN_MS };
        return wait(deployment, routes, viewer, sentAt);
      }),
    );
    await deployment.wait(MEASURED_FROM_MS);
    Object.assign(deployment, { meter: createMeter(), billedMs: 0 });
    await deployment.wait(PRESENTERS_COME_MS - MEASURED_FROM_MS);
    const figures = whileWaiting(deployment, { sentAt, begun, people: names * viewers });
    const cameAt = deployment.clock.now;
    await Promise.all(all.map((name) => asHost(deployment, routes.join, name, {})));
    const seatedAt = await Promise.all(people);
    const lastS = (Math.max(...seatedAt) - cameAt) / 1000;
    return {
      names,
      viewers,
      ...figures,
      lastSeatedS: rounded(lastS),
      minimumS: minimumSeconds(names * viewers),
    };
  });
}

function whileWaiting(
  deployment: Deployment,
  { sentAt, begun, people }: { sentAt: number[]; begun: number; people: number },
) {
  const { meter, billedMs } = deployment;
  const measured = sentAt.filter((at) => at >= begun + MEASURED_FROM_MS);
  const requests = measured.length;
  const usage = {
    requests: 1,
    lambdaMs: billedMs / requests,
    readUnits: meter.reads / requests,
    writeUnits: meter.writes / requests,
    responseBytes: RESPONSE_BYTES,
  };
  const perHour = (requests / people) * (3600 / MEASURED_S);
  return {
    requestsPerSecond: rounded(requests / MEASURED_S, 1),
    busiestSecond: busiestWindow(measured, 1000),
    withFixedWait: Math.round(people / FIXED_WAIT_S),
    busiestSecondOfArrival: busiestWindow(sentAt, 1000),
    dynamoRequestsPerRequest: rounded(meter.requests / requests, 3),
    hottestKey: hottestKey(meter).writesPerSecond,
    dollarsPerThousandWaitingHours: rounded(
      (perHour * 1000 * dollarsPerMillion(usage, memoryMb()).total) / 1_000_000,
      3,
    ),
  };
}

/** Waits as told until there is a seat. Returns when. */
async function wait(
  deployment: Deployment,
  routes: Routes,
  viewer: { name: string; sub: string; comesAfterMs: number },
  sentAt: number[],
): Promise<number> {
  const event = eventOf({ sub: viewer.sub, role: 'viewer' }, { mediaRegion: 'us-east-1' }, viewer.name);
  await deployment.wait(viewer.comesAfterMs);
  await untilAnswered(deployment, () => {
    sentAt.push(deployment.clock.now);
    return ask(deployment, routes.join, event);
  });
  return deployment.clock.now;
}

function asHost(deployment: Deployment, route: Routes['join'], name: string, body: object): Promise<void> {
  const event = eventOf({ sub: 'ada@example.com', role: 'host' }, body, name);
  return untilAnswered(deployment, () => ask(deployment, route, event));
}
