import { opensIn } from '../../lib/store/keys.ts';
import { inputOf } from '../../simulation/aws/dynamodb.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { ask } from '../../simulation/deployment/client.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { eventOf, type Routes, routesOf } from '../../simulation/deployment/routes.ts';
import type { Item } from '../../simulation/dynamodb/values.ts';
import { rounded } from '../../simulation/numbers.ts';
import { minimumSeconds } from '../../simulation/quota-minimum.ts';
import { callsOf } from '../crowd/outcome.ts';
import { MAX_WAIT_MS, untilAnswered } from '../until-answered.ts';
import { fairShares } from './fair-share.ts';

/** Several events of one account that begin at the same moment, without a forecast. The number of viewers of each. */
export interface Events {
  title: string;
  viewers: number[];
}

/** The runs whose figures are in docs/performance.md. */
export const RUNS: Events[] = [
  { title: 'five of 2,000', viewers: [2000, 2000, 2000, 2000, 2000] },
  { title: 'one of 8,000, four of 500', viewers: [8000, 500, 500, 500, 500] },
];

const SEED = 1;
const WITHIN_MS = 1000;
const SEATS_EACH = 250;
/** The small meeting: a host and this many viewers, who come within a second in the middle of the crowd. */
const SMALL = { name: 'small', viewers: 19, withinMs: 1000 };
/** Long enough for every bucket of the quota to refill. */
const CALM_MS = 10_000;

interface Seated {
  cameAt: number;
  seatedAt: number;
  requests: number;
}

/** How names share the quota: those with the fewest replicas go first, or all are served as they come, which is the rival. */
export type Rule = 'fewest-first' | 'first-come';
export const RULES: Rule[] = ['fewest-first', 'first-come'];

/** Runs some events and the small meeting, in virtual time. */
export async function eventsBench({ title, viewers }: Events, rule: Rule, seed = SEED) {
  const most = Math.max(...viewers);
  const deployment = await deploy(seed, {
    replicasPerPrimary: replicasFor(most),
    concurrentMeetings: 1000,
  });
  const routes = routesOf(deployment, seed);
  if (rule === 'first-come') forgetNames(deployment);
  const chance = chanceOf(seed, 'arrivals');
  const crowds = viewers.map((size, n) => ({ name: `event-${n}`, size }));
  return play(deployment, seed, async () => {
    for (const { name, size } of crowds) await openStage(deployment, routes, { name, size });
    await deployment.wait(CALM_MS);
    deployment.chime.state.calls = {};
    Object.assign(deployment, { meter: createMeter(), billedMs: 0 });
    const from = deployment.clock.now;
    const inTheMiddle = (minimumSeconds(viewers.reduce((sum, size) => sum + size, 0)) * 1000) / 2;
    const seating = crowds.map(({ name, size }) => seatAll(deployment, routes, { name, size, chance }));
    const small = smallMeeting(deployment, routes, { after: inTheMiddle, chance });
    const [people, few] = [await Promise.all(seating), await small];
    return { title, rule, ...figures(deployment, { viewers, people, from }), small: few };
  });
}

/** Makes DynamoDB forget which names open replicas. Then each name takes permits as if it were alone. */
function forgetNames({ dynamo }: Deployment): void {
  const { answer } = dynamo;
  dynamo.answer = (request) => {
    const reply = answer(request);
    const { pk, sk } = (inputOf(request).Key ?? {}) as Item;
    const key = `${pk?.S}\n${sk?.S}`;
    const quota = key.startsWith('QUOTA#') ? dynamo.table.items.get(key) : undefined;
    for (const attribute of Object.keys(quota ?? {}))
      if (quota && opensIn(attribute) !== undefined) delete quota[attribute];
    return reply;
  };
}

const replicasFor = (viewers: number) => Math.ceil(viewers / SEATS_EACH);

function figures(
  { chime, meter, billedMs }: Deployment,
  { viewers, people, from }: { viewers: number[]; people: Seated[][]; from: number },
) {
  const finished = people.map((crowd) => (Math.max(...crowd.map(({ seatedAt }) => seatedAt)) - from) / 1000);
  const shares = fairShares(viewers);
  const total = viewers.reduce((sum, size) => sum + size, 0);
  const requests = people.flat().reduce((sum, each) => sum + each.requests, 0);
  const calls = callsOf(chime.state.calls);
  const quotaWrites = [...meter.writesAt].filter(([pk]) => pk.startsWith('QUOTA#'));
  const writes = quotaWrites.reduce((sum, [, times]) => sum + times.length, 0);
  return {
    seconds: rounded(Math.max(...finished), 2),
    over: rounded(Math.max(...finished) / minimumSeconds(total), 2),
    finished: finished.map((seconds) => rounded(seconds, 2)),
    fairShares: shares.map((seconds) => rounded(seconds, 2)),
    overFairShare: finished.map((seconds, n) => rounded(seconds / (shares[n] || 1), 2)),
    throttles: calls.throttles,
    chimeCalls: calls.chimeCalls,
    requestsPerViewer: rounded(requests / total, 2),
    quotaWritesPerCall: rounded(writes / calls.chimeCalls, 2),
    lambdaMsPerViewer: rounded(billedMs / total, 1),
  };
}

async function openStage(
  deployment: Deployment,
  routes: Routes,
  { name, size }: { name: string; size: number },
): Promise<void> {
  const host = (body: object) => eventOf({ sub: 'ada@example.com', role: 'host' }, body, name);
  await ask(deployment, routes.create, host({ maxReplicas: replicasFor(size) }));
  await untilAnswered(deployment, () => ask(deployment, routes.join, host({})));
}

interface Crowd {
  name: string;
  size: number;
  chance: { next: () => number };
  withinMs?: number;
}

function seatAll(
  deployment: Deployment,
  routes: Routes,
  { name, size, chance, withinMs = WITHIN_MS }: Crowd,
): Promise<Seated[]> {
  const people = Array.from({ length: size }, (_, n) => ({
    sub: `viewer-${n}`,
    after: chance.next() * withinMs,
  }));
  return Promise.all(people.map(({ sub, after }) => seat(deployment, routes, { name, sub, after })));
}

/** Requests a seat, and retries as told until there is one. */
async function seat(
  deployment: Deployment,
  routes: Routes,
  { name, sub, after }: { name: string; sub: string; after: number },
): Promise<Seated> {
  await deployment.wait(after);
  const cameAt = deployment.clock.now;
  let isInQueue = false;
  for (let requests = 1; ; requests++) {
    const request = { mediaRegion: 'us-east-1', ...(isInQueue && { waited: true }) };
    const event = eventOf({ sub, role: 'viewer' }, request, name);
    const { status, body, retryAfterMs } = await ask(deployment, routes.join, event);
    if (status === 200) return { cameAt, seatedAt: deployment.clock.now, requests };
    if (deployment.clock.now - cameAt > MAX_WAIT_MS) throw new Error(body);
    isInQueue ||= status === 202 && (JSON.parse(body) as { reason: string }).reason === 'opening';
    await deployment.wait(retryAfterMs ?? 1000);
  }
}

/** The waits of the small meeting (seconds): of its host, of its first viewer to be seated, and of its last. */
async function smallMeeting(
  deployment: Deployment,
  routes: Routes,
  { after, chance }: { after: number; chance: Crowd['chance'] },
) {
  await deployment.wait(after);
  const { name, viewers: size, withinMs } = SMALL;
  const from = deployment.clock.now;
  await openStage(deployment, routes, { name, size });
  const hostSeconds = (deployment.clock.now - from) / 1000;
  const seated = await seatAll(deployment, routes, { name, size, withinMs, chance });
  const firstCame = Math.min(...seated.map(({ cameAt }) => cameAt));
  const first = Math.min(...seated.map(({ seatedAt }) => seatedAt));
  const waits = seated.map(({ cameAt, seatedAt }) => (seatedAt - cameAt) / 1000);
  return {
    hostSeconds: rounded(hostSeconds, 2),
    firstViewerSeconds: rounded((first - firstCame) / 1000, 2),
    longestWaitSeconds: rounded(Math.max(...waits), 2),
  };
}
