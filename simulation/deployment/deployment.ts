import type { EmulatorOptions } from '../../emulator/options.ts';
import { type Container, createContainer, currentContainer, useContainer } from '../../lib/container.ts';
import type { Handler } from '../../lib/http.ts';
import { type ChimeService, createChime } from '../aws/chime.ts';
import { plugIn } from '../aws/clients.ts';
import { createDynamo, type DynamoService } from '../aws/dynamodb.ts';
import type { ServiceName, WireReply, WireRequest } from '../aws/wire.ts';
import { chanceOf } from '../chance.ts';
import { type Clock, createClock } from './clock.ts';
import { LATENCY_MS, latencyOf } from './latency.ts';
import { createMeter, type Meter, metered } from './meter.ts';

/** Our functions, deployed into virtual time: real flows and SDK clients, DynamoDB and Chime behind their HTTP interfaces. */
export interface Deployment {
  clock: Clock<Container>;
  chime: ChimeService;
  dynamo: DynamoService;
  meter: Meter;
  /** The milliseconds of Lambda that are billed so far: each request's, rounded up. */
  billedMs: number;
  /** How many containers there are: the highest number of concurrent requests so far. */
  containers: number;
  latency: (usualMs: number) => number;
  /** Runs a handler in an idle container, or in a new one where all are busy. */
  invoke: (handler: Handler, event: object) => Promise<Awaited<ReturnType<Handler>>>;
  wait: (ms: number) => Promise<void>;
}

/** 2026-11-22, noon. */
const START = 1_795_348_800_000;
/** Every primary always has a connected client, so no meeting ends for idleness. */
const AS_LONG_AS_IT_TAKES = { idleEndMs: 86_400_000 };

export async function deploy(seed: number, options: Partial<EmulatorOptions>): Promise<Deployment> {
  const clock = createClock<Container>(START, (container) => useContainer(container ?? another()));
  const [ids, network] = [chanceOf(seed, 'ids'), chanceOf(seed, 'network')];
  const chime = createChime({ ...AS_LONG_AS_IT_TAKES, ...options }, { now: () => clock.now, hex: ids.hex });
  const deployment: Deployment = {
    clock,
    chime,
    dynamo: createDynamo(),
    meter: createMeter(),
    billedMs: 0,
    containers: 0,
    latency: (usualMs) => latencyOf(usualMs, network),
    invoke: pool(() => deployment),
    wait: (ms) => new Promise((resolve) => clock.after(ms, resolve, undefined)),
  };
  await plugIn(carrierOf(deployment));
  return deployment;
}

/** A request takes half of its round trip to arrive, and the response the other half. */
function carrierOf(deployment: Deployment) {
  const { clock, chime, dynamo } = deployment;
  return (service: ServiceName, request: WireRequest): Promise<WireReply> => {
    const { container } = clock;
    const half = deployment.latency(LATENCY_MS[service]) / 2;
    const answer = () =>
      service === 'chime' ? chime.answer(request) : metered(deployment.meter, dynamo, request, clock.now);
    return new Promise((resolve) => {
      const arrive = () => {
        const reply = answer();
        clock.after(half, () => resolve(reply), container);
      };
      clock.after(half, arrive, container);
    });
  };
}

/** As in Lambda, the container that became idle last serves next. Containers are unlimited here, and have no cold start. */
function pool(deploymentOf: () => Deployment): Deployment['invoke'] {
  const idle: Container[] = [];
  let requests = 0;
  return (handler, event) => {
    const deployment = deploymentOf();
    const { clock } = deployment;
    const container = idle.pop() ?? started(deployment);
    const context = { awsRequestId: `request-${++requests}` };
    return new Promise((resolve, reject) => {
      const run = async () => {
        const from = clock.now;
        const reply = await handler(event, context);
        deployment.billedMs += Math.ceil(clock.now - from);
        idle.push(container);
        resolve(reply);
      };
      clock.after(0, () => void run().catch(reject), container);
    });
  };
}

function started(deployment: Deployment): Container {
  deployment.containers++;
  return another();
}

/** A container with caches of its own. All share their SDK clients. */
const another = (): Container => createContainer(currentContainer());
