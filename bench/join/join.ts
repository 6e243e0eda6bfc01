import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { LATENCY_MS } from '../../simulation/deployment/latency.ts';
import { createMeter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { eventOf, type Routes, routesOf } from '../../simulation/deployment/routes.ts';
import { percentile, rounded } from '../../simulation/numbers.ts';
import { demoCrowd } from '../crowd/demo.ts';
import { prepare } from '../crowd/ours.ts';

const SEED = 2;
const JOINS = 3000;
const SEATS_EACH = 250;
/** Leaves a few seats free. */
const REPLICAS = JOINS / SEATS_EACH + 1;
/** Slow enough for joins not to overlap, and for Chime's quota not to affect the demo. */
const EVERY_MS = 200;

/** The cost of joins without contention. Round trips are sequential; some requests run concurrently. */
export interface JoinFigures {
  roundTrips: { warm: number; repeat: number };
  dynamoRequests: { warm: number; repeat: number };
  bytes: { request: number; response: number };
  p50Ms: number;
  p99Ms: number;
  repeat: { p50Ms: number; p99Ms: number };
  demo: { p50Ms: number; p99Ms: number };
  /** One join's share, on average. */
  perJoin: { lambdaMs: number; readUnits: number; writeUnits: number };
}

/** Runs thousands of joins one by one, ours and the demo's, over the same network. */
export async function joinBench(): Promise<JoinFigures> {
  const deployment = await deploy(SEED, { replicasPerPrimary: REPLICAS });
  const routes = routesOf(deployment, SEED);
  return play(deployment, SEED, async () => {
    await prepare(deployment, routes, {
      replicas: REPLICAS,
      forecast: { 'us-east-1': REPLICAS * SEATS_EACH },
    });
    await once(deployment, routes, 'warming-up');
    const counted = await countTrips(deployment, routes);
    Object.assign(deployment, { meter: createMeter(), billedMs: 0 });
    const first = await joinAll(deployment, routes);
    const perJoin = shares(deployment);
    const again = await joinAll(deployment, routes);
    return { ...counted, ...spread(first), repeat: spread(again), demo: spread(demo()), perJoin };
  });
}

/** Runs one join; returns how long its function ran (milliseconds). */
async function once(deployment: Deployment, { join }: Routes, sub: string) {
  const event = eventOf({ sub, role: 'viewer' }, { mediaRegion: 'us-east-1' });
  const from = deployment.clock.now;
  const { statusCode, body = '' } = await deployment.invoke(join, event);
  if (statusCode !== 200) throw new Error(body);
  return { ms: deployment.clock.now - from, request: (event as { body: string }).body, response: body };
}

/** Runs a first and a repeated join over a network with a constant round trip. */
async function countTrips(deployment: Deployment, routes: Routes) {
  const { latency } = deployment;
  deployment.latency = (ms) => ms;
  await once(deployment, routes, 'remembering');
  const [warm, repeat] = [await counted(deployment, routes), await counted(deployment, routes)];
  deployment.latency = latency;
  const bytes = { request: Buffer.byteLength(warm.request), response: Buffer.byteLength(warm.response) };
  return {
    roundTrips: { warm: warm.ms / LATENCY_MS.dynamodb, repeat: repeat.ms / LATENCY_MS.dynamodb },
    dynamoRequests: { warm: warm.requests, repeat: repeat.requests },
    bytes,
  };
}

async function counted(deployment: Deployment, routes: Routes) {
  deployment.meter = createMeter();
  return { ...(await once(deployment, routes, 'counted')), requests: deployment.meter.requests };
}

async function joinAll(deployment: Deployment, routes: Routes): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < JOINS; n++) {
    took.push((await once(deployment, routes, `viewer-${n}`)).ms);
    await deployment.wait(EVERY_MS);
  }
  return took;
}

function shares({ billedMs, meter }: Deployment): JoinFigures['perJoin'] {
  const share = (sum: number) => rounded(sum / JOINS);
  return { lambdaMs: share(billedMs), readUnits: share(meter.reads), writeUnits: share(meter.writes) };
}

/** The first viewers create the meetings, and do not count. */
function demo(): number[] {
  const viewers = Array.from({ length: JOINS + REPLICAS }, (_, n) => ({
    comesAt: n * EVERY_MS,
    title: n % REPLICAS,
  }));
  return demoCrowd(viewers, SEED).workedMs.slice(REPLICAS);
}

const spread = (took: number[]) => ({
  p50Ms: rounded(percentile(took, 50)),
  p99Ms: rounded(percentile(took, 99)),
});
