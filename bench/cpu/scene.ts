import { createContainer, useContainer } from '../../lib/container.ts';
import type { Deps, Handler } from '../../lib/http.ts';
import { type Settings, settings } from '../../lib/settings.ts';
import { ask } from '../../simulation/deployment/client.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { play } from '../../simulation/deployment/play.ts';
import { depsOf, eventOf, routesOf } from '../../simulation/deployment/routes.ts';
import { copyFirst, openFirst } from '../reconciler/many-names.ts';
import { untilAnswered } from '../until-answered.ts';
import { type Measured, measuredContainer } from './wire.ts';

export const SEED = 3;
const SEATS_EACH = 250;
/** As in `bench/join`: a topology is read again about every fifth join. */
const EVERY_MS = 200;
/** A name that was created, and that no presenter has joined. */
export const WAITING_NAME = 'not-begun';
/** For the largest scene; Chime's default is 4. */
const MOST_REPLICAS = 40;
/** Long enough for the buckets of the quota to refill. */
const CALM_MS = 10_000;
const HOST = { sub: 'ada@example.com', role: 'host' };

/** Live names with free seats, and one warm container that serves them. */
export interface Scene {
  deployment: Deployment;
  names: string[];
  measured: Measured;
  deps: Deps;
}

/**
 * Opens names in virtual time, each with seats for this many viewers, and a container whose clients are connected to the same
 * stand-ins. Afterwards time moves only from request to request.
 */
export async function openScene(names: number, viewersEach: number): Promise<Scene> {
  const replicas = Math.ceil(viewersEach / SEATS_EACH);
  useContainer(createContainer());
  const deployment = await deploy(SEED, {
    replicasPerPrimary: MOST_REPLICAS,
    concurrentMeetings: names + MOST_REPLICAS,
  });
  const all = await play(deployment, SEED, async () => {
    const routes = routesOf(deployment, SEED);
    const name = await openFirst(deployment, routes, { maxReplicas: Math.max(1, replicas) });
    const by = (body: object, of: string) => eventOf(HOST, body, of);
    await ask(deployment, routes.create, by({}, WAITING_NAME));
    const seats = { 'us-east-1': replicas * SEATS_EACH };
    if (replicas > 0)
      await untilAnswered(deployment, () => ask(deployment, routes.provision, by({ seats }, name)));
    return copyFirst(deployment, names);
  });
  deployment.clock.now = Math.ceil(deployment.clock.now) + CALM_MS;
  return { deployment, names: all, measured: measuredContainer(deployment), deps: measuredDeps(deployment) };
}

/** The time is the deployment's, and a pause moves it. The log has the lines of a usual deployment. */
function measuredDeps(deployment: Deployment): Deps {
  const usual: Settings = { ...settings(), logLevel: 'info', stage: 'bench' };
  return {
    ...depsOf(deployment, SEED),
    pause: async (ms) => {
      deployment.clock.now += Math.ceil(ms);
    },
    settings: () => usual,
  };
}

/** A route in the warm container: each request comes some time after the last one. Returns the body of the answer. */
export function served({ deployment, measured }: Scene, handler: Handler) {
  let requests = 0;
  return async (caller: { sub: string; role: string }, name: string, status: number): Promise<string> => {
    deployment.clock.now += EVERY_MS;
    useContainer(measured.container);
    const event = eventOf(caller, { mediaRegion: 'us-east-1' }, name);
    const reply = await handler(event, { awsRequestId: `request-${++requests}` });
    if (reply.statusCode !== status) throw new Error(reply.body);
    return reply.body ?? '';
  };
}
