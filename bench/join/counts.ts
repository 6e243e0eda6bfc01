import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { eventOf, type Routes, routesOf } from '../../simulation/deployment/routes.ts';
import { prepare } from '../crowd/ours.ts';
import { callsOf } from '../crowd/outcome.ts';
import { type Audience, NO_AUDIENCE, openMany } from '../reconciler/many-names.ts';
import { onePass } from '../reconciler/reconciler.ts';

/** What was sent: requests and units of DynamoDB, and calls to Chime. */
export interface Counts {
  requests: number;
  reads: number;
  writes: number;
  chimeCalls: number;
}

const SEED = 4;
/** A name that was created, and that no presenter has joined. */
const NOT_BEGUN = 'not-begun';
const LOOKS = 10;
/** A calm name is due again by then. */
const CALM_MS = 600_000;

/** What one join sends in a warm container, which has just read the topology of the name. */
export async function countJoins(): Promise<Record<'first' | 'repeated' | 'waiting', Counts>> {
  const deployment = await deploy(SEED, {});
  const routes = routesOf(deployment, SEED);
  return play(deployment, SEED, async () => {
    await prepare(deployment, routes, { replicas: 1, forecast: { 'us-east-1': 250 } });
    const join = (sub: string, name?: string) => ({ by: { sub, role: 'viewer' }, name, status: 200 });
    await asked(deployment, routes, join('warming-up'));
    const first = await counted(deployment, () => asked(deployment, routes, join('linus')));
    const repeated = await counted(deployment, () => asked(deployment, routes, join('linus')));
    const host = eventOf({ sub: 'ada@example.com', role: 'host' }, {}, NOT_BEGUN);
    await deployment.invoke(routes.create, host);
    const wait = (sub: string) => ({ ...join(sub, NOT_BEGUN), status: 202 });
    await asked(deployment, routes, wait('warming-up'));
    const waiting = await counted(deployment, () => asked(deployment, routes, wait('linus')));
    return { first, repeated, waiting };
  });
}

/** What a pass of the reconciler sends for ten live names that need nothing, all of them due and looked at before. */
export async function countQuietPass(audience: Audience = NO_AUDIENCE): Promise<Counts & { looks: number }> {
  const concurrentMeetings = (LOOKS + 1) * (audience.replicas + 1);
  const deployment = await deploy(SEED, { concurrentMeetings });
  const routes = routesOf(deployment, SEED);
  return play(deployment, SEED, async () => {
    await openMany(deployment, routes, LOOKS, audience);
    await deployment.wait(CALM_MS);
    await onePass(deployment, 0);
    await deployment.wait(CALM_MS);
    let looks = 0;
    const counts = await counted(deployment, async () => {
      looks = await onePass(deployment, 1);
    });
    return { ...counts, looks };
  });
}

async function counted(deployment: Deployment, work: () => Promise<void>): Promise<Counts> {
  deployment.chime.state.calls = {};
  deployment.meter = createMeter();
  await work();
  const { requests, reads, writes } = deployment.meter;
  return { requests, reads, writes, chimeCalls: callsOf(deployment.chime.state.calls).chimeCalls };
}

interface Join {
  by: { sub: string; role: string };
  name: string | undefined;
  status: number;
}

async function asked(deployment: Deployment, { join }: Routes, { by, name, status }: Join): Promise<void> {
  const { statusCode, body } = await deployment.invoke(join, eventOf(by, { mediaRegion: 'us-east-1' }, name));
  if (statusCode !== status) throw new Error(body);
}
