import { type ChimeService, chimeOperationOf, createChime } from './aws/chime.ts';
import type { Carrier, ServiceName, WireReply, WireRequest } from './aws/clients.ts';
import { createDynamo, type DynamoService, inputOf, operationOf } from './aws/dynamodb.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Fate, fateOf, noAnswer } from './fates.ts';
import type { Plan, Troubles } from './plan.ts';
import { type Agenda, buryIfDone, createAgenda, kill, later, type Process } from './scheduler.ts';

/** 2026-11-01, noon. */
const START = 1_793_534_400_000;

/** Everything there is in the run of one seed. */
export interface World {
  plan: Plan;
  /** In force now: none any more once the troubles are over. */
  troubles: Troubles;
  agenda: Agenda;
  dynamo: DynamoService;
  chime: ChimeService;
  chance: Record<'order' | 'fate', Chance>;
  /** How many things happened so far: the logical time of the trace and of all that is remembered. */
  step: number;
  trace: string[];
}

export function createWorld(plan: Plan): World {
  const agenda = createAgenda(START);
  const ids = chanceOf(plan.seed, 'ids');
  const sources = { now: () => agenda.now, hex: ids.hex };
  return {
    plan,
    troubles: plan.troubles,
    agenda,
    dynamo: createDynamo(),
    chime: createChime(plan.chime, sources),
    chance: { order: chanceOf(plan.seed, 'order'), fate: chanceOf(plan.seed, 'fate') },
    step: 0,
    trace: [],
  };
}

/** The carrier of all that the SDK clients send: requests wait until they are chosen. */
export function carrierOf(world: World): Carrier {
  const { agenda } = world;
  return (service, request) =>
    new Promise((resolve, reject) => {
      const process = agenda.current;
      if (!process) throw new Error('nobody asks');
      const happen = () => arrive(world, { service, request, process, resolve, reject });
      agenda.pending.push({ process, due: agenda.now, isSent: true, happen });
    });
}

interface Arrival {
  service: ServiceName;
  request: WireRequest;
  process: Process;
  resolve: (reply: WireReply) => void;
  reject: (error: Error) => void;
}

function arrive(world: World, arrival: Arrival): void {
  const { service, request, process } = arrival;
  const isGhost = process.state === 'dead';
  const fate: Fate = isGhost
    ? { name: 'of the dead', isDone: true, dies: true }
    : fateOf(service, world.troubles, world.chance.fate);
  const reply = fate.isDone ? answerOf(world, service, request) : undefined;
  say(world, `${process.id} ${labelOf(service, request)} ${reply ? outcomeOf(reply) : ''} ${fate.name}`);
  if (isGhost) buryIfDone(world.agenda, process);
  else if (fate.dies) kill(world.agenda, process, () => world.chance.fate.happens(0.5));
  else if (fate.instead === 'no-answer') getNoAnswer(world, arrival);
  else arrival.resolve(fate.instead ?? (reply as WireReply));
}

function answerOf(world: World, service: ServiceName, request: WireRequest): WireReply {
  return world[service === 'chime' ? 'chime' : 'dynamo'].answer(request);
}

function getNoAnswer(world: World, { service, reject }: Arrival): void {
  const { error, afterMs } = noAnswer(service, world.chance.fate);
  later(world.agenda, afterMs, () => reject(error));
}

/** Write a line of the trace. */
export function say(world: World, words: string): void {
  world.trace.push(`${world.step} +${world.agenda.now - START} ${words}`);
}

function labelOf(service: ServiceName, request: WireRequest): string {
  if (service === 'chime') return `${chimeOperationOf(request)} ${request.path}`;
  const { Key, Item, UpdateExpression = '', ConditionExpression = '' } = inputOf(request);
  const key = Key ?? Item;
  const words = [operationOf(request), key && `${key.pk?.S} ${key.sk?.S}`, UpdateExpression.slice(0, 70)];
  return [...words, ConditionExpression && `if ${ConditionExpression}`].filter(Boolean).join(' ');
}

function outcomeOf({ status, headers, body }: WireReply): string {
  if (status < 300) return `→ ${status}`;
  const name = headers['x-amzn-errortype'] ?? /#(\w+)/.exec(body)?.[1] ?? '';
  return `→ ${status} ${name}`;
}
