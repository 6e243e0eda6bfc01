import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { ask } from '../../simulation/deployment/client.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { eventOf, type Routes, routesOf } from '../../simulation/deployment/routes.ts';
import { inRandomOrder } from '../placement/orders.ts';
import { MAX_WAIT_MS, untilAnswered } from '../until-answered.ts';
import { type Joined, outcomeOf, type Way } from './outcome.ts';

/** The viewers of a run, their rate, and the prepared seats. */
export interface Crowd {
  seed: number;
  /** The nearest media region of each viewer. */
  viewers: MediaRegion[];
  withinMs: number;
  replicas: number;
  /** Seats opened ahead with `PUT …/seats`; absent for an unannounced crowd. */
  forecast?: Partial<Record<MediaRegion, number>>;
}

const HOST = { sub: 'ada@example.com', role: 'host' };
/** Long enough for every bucket of the quota to refill. */
const CALM_MS = 10_000;

/** Runs a crowd through our join, in virtual time. */
export async function ourCrowd(crowd: Crowd): Promise<Way> {
  const { seed, replicas } = crowd;
  const deployment = await deploy(seed, { replicasPerPrimary: replicas });
  const routes = routesOf(deployment, seed);
  return play(deployment, seed, async () => {
    const preparing = await prepare(deployment, routes, crowd);
    deployment.chime.state.calls = {};
    Object.assign(deployment, { meter: createMeter(), billedMs: 0 });
    const viewers = arrivals(crowd);
    const joined = await Promise.all(viewers.map((viewer) => join(deployment, routes, viewer)));
    return outcomeOf(deployment, { joined, preparing });
  });
}

/** The host opens the name, goes on stage, and has seats opened if the crowd is announced. */
export async function prepare(
  deployment: Deployment,
  routes: Routes,
  { replicas, forecast }: Pick<Crowd, 'replicas' | 'forecast'>,
) {
  const host = (body: object) => eventOf(HOST, body);
  await ask(deployment, routes.create, host({ maxReplicas: replicas }));
  await untilAnswered(deployment, () => ask(deployment, routes.join, host({})));
  await deployment.wait(CALM_MS);
  const from = deployment.clock.now;
  if (forecast)
    await untilAnswered(deployment, () => ask(deployment, routes.provision, host({ seats: forecast })));
  const preparing = { seconds: (deployment.clock.now - from) / 1000, calls: deployment.chime.state.calls };
  await deployment.wait(CALM_MS);
  return preparing;
}

interface Viewer {
  name: string;
  mediaRegion: MediaRegion;
  comesAfterMs: number;
}

export function arrivals({ seed, viewers, withinMs }: Crowd): Viewer[] {
  const chance = chanceOf(seed, 'arrivals');
  return inRandomOrder(viewers, seed).map((mediaRegion, n) => ({
    name: `viewer-${String(n).padStart(5, '0')}`,
    mediaRegion,
    comesAfterMs: chance.next() * withinMs,
  }));
}

/** Requests a seat, and retries as told until there is one. */
export async function join(deployment: Deployment, routes: Routes, viewer: Viewer): Promise<Joined> {
  const { clock } = deployment;
  await deployment.wait(viewer.comesAfterMs);
  const came = clock.now;
  const statuses: number[] = [];
  let isInQueue = false;
  for (;;) {
    const request = { mediaRegion: viewer.mediaRegion, ...(isInQueue && { waited: true }) };
    const event = eventOf({ sub: viewer.name, role: 'viewer' }, request);
    const { status, body, retryAfterMs } = await ask(deployment, routes.join, event);
    isInQueue ||= status === 202 && (JSON.parse(body) as { reason: string }).reason === 'opening';
    statuses.push(status);
    if (status === 200) return { came, seatedAt: clock.now, statuses, body };
    if (clock.now - came > MAX_WAIT_MS) return { came, seatedAt: undefined, statuses, body };
    await deployment.wait(retryAfterMs ?? 1000);
  }
}
