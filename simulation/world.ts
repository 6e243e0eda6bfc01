import { type Fault, faultOf, noAnswer, noAnswerInTime, UNDER_WAY_MS } from './actors/faults.ts';
import { stall } from './actors/freezing.ts';
import { type ChimeService, chimeOperationOf, createChime } from './aws/chime.ts';
import { createDynamo, type DynamoService, inputOf, operationOf } from './aws/dynamodb.ts';
import type { Carrier, ServiceName, WireReply, WireRequest } from './aws/wire.ts';
import { type Chance, chanceOf } from './chance.ts';
import { createLimits, type Limits, refusedRegion } from './plan/limits.ts';
import type { FaultRates, Plan } from './plan/plan.ts';
import { type Agenda, buryIfDone, createAgenda, kill, later, type Process } from './scheduler.ts';

/** 2026-11-01, noon. */
const START = 1_793_534_400_000;

/** Everything in the run of one seed. */
export interface World {
  plan: Plan;
  /** The faults in force now: none once the disturbances are over. */
  faultRates: FaultRates;
  agenda: Agenda;
  dynamo: DynamoService;
  chime: ChimeService;
  chance: Record<'order' | 'fate' | 'freezing' | 'limits', Chance>;
  limits: Limits;
  /** Meetings that our functions did not end. */
  endedByHand: Set<string>;
  /** The step in which a name expired, with all of its records. */
  forgotten: Map<string, number>;
  /** The faults found since this list was last emptied. */
  faults: string[];
  /** How many events happened so far: the logical time of the trace and of the history. */
  step: number;
  trace: string[];
}

export function createWorld(plan: Plan): World {
  const agenda = createAgenda(START);
  const ids = chanceOf(plan.seed, 'ids');
  const sources = { now: () => agenda.now, hex: ids.hex };
  const chances = ['order', 'fate', 'freezing', 'limits'].map((name) => [name, chanceOf(plan.seed, name)]);
  const old = chanceOf(plan.seed, 'old-reads');
  const ageOfRead = plan.oldReadMs > 0 ? () => old.below(plan.oldReadMs + 1) : () => 0;
  return {
    plan,
    faultRates: plan.faultRates,
    agenda,
    dynamo: createDynamo({ now: () => agenda.now, ageOfRead }),
    chime: createChime(plan.chime, sources),
    chance: Object.fromEntries(chances),
    limits: createLimits(),
    endedByHand: new Set(),
    forgotten: new Map(),
    faults: [],
    step: 0,
    trace: [],
  };
}

/** The carrier of all SDK requests. A request waits until the scheduler picks it. */
export function carrierOf(world: World): Carrier {
  const { agenda } = world;
  return (service, request) =>
    new Promise((resolve, reject) => {
      const process = agenda.current;
      if (!process) throw new Error('no process sends a request');
      if (process.state === 'answered') world.faults.push(`${process.id} asks ${service} after its answer`);
      const sentAt = agenda.now;
      const happen = () => arrive(world, { service, request, process, sentAt, resolve, reject });
      const onLoss = () => hear(world, process, () => reject(noAnswerInTime()));
      const lostAt = sentAt + UNDER_WAY_MS;
      agenda.pending.push({ process, due: sentAt, isSent: true, lostAt, onLoss, happen });
    });
}

/** Reports an event to a process, now or when it is thawed. */
function hear({ agenda }: World, process: Process, happen: () => void): void {
  agenda.pending.push({ process, due: agenda.now, happen });
}

interface Arrival {
  service: ServiceName;
  request: WireRequest;
  process: Process;
  sentAt: number;
  resolve: (reply: WireReply) => void;
  reject: (error: Error) => void;
}

function arrive(world: World, arrival: Arrival): void {
  const { service, request, process, resolve } = arrival;
  const isGhost = process.state === 'dead';
  const fault: Fault = isGhost
    ? { name: 'of the dead', isDone: true, dies: true }
    : faultOf(service, world.faultRates, world.chance.fate);
  const reply = fault.isDone ? answerOf(world, service, request) : undefined;
  const answer = fault.instead ?? reply;
  say(world, `${process.id} ${labelOf(service, request)} ${reply ? outcomeOf(reply) : ''} ${fault.name}`);
  if (isGhost) buryIfDone(world.agenda, process);
  else if (fault.dies) kill(world.agenda, process, () => world.chance.fate.happens(0.5));
  else if (fault.instead === 'no-answer') getNoAnswer(world, arrival);
  else if (process.frozen) hear(world, process, () => resolve(answer as WireReply));
  else if (fault.lateMs) answerLate(world, arrival, { reply: reply as WireReply, lateMs: fault.lateMs });
  else resolve(answer as WireReply);
  if (world.chance.freezing.happens(world.faultRates.stall))
    stall(world.agenda, process, world.chance.freezing);
}

/** A response that is later than an attempt's timeout counts as none. */
function answerLate(
  { agenda }: World,
  { sentAt, resolve, reject }: Arrival,
  { reply, lateMs }: { reply: WireReply; lateMs: number },
): void {
  const comesAfter = agenda.now + lateMs - sentAt;
  if (comesAfter < UNDER_WAY_MS) later(agenda, lateMs, () => resolve(reply));
  else later(agenda, sentAt + UNDER_WAY_MS - agenda.now, () => reject(noAnswerInTime()));
}

function answerOf(world: World, service: ServiceName, request: WireRequest): WireReply {
  if (service === 'dynamodb') return world.dynamo.answer(request);
  return refusedRegion(world.limits, request) ?? world.chime.answer(request);
}

function getNoAnswer(world: World, { reject }: Arrival): void {
  const { error, afterMs } = noAnswer(world.chance.fate);
  later(world.agenda, afterMs, () => reject(error));
}

/** Writes a line of the trace. */
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
