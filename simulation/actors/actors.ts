import type { RequestContext, Role } from '../../lib/context.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { answerFaults } from '../checks/answers.ts';
import { createHistory, type History, type HistoryEntry } from '../checks/history.ts';
import { storesOf } from '../checks/stores.ts';
import { NAME } from '../plan/plan-kinds.ts';
import type { Agenda } from '../scheduler.ts';
import { say, type World } from '../world.ts';
import type { Connections } from './connections.ts';
import { UNDER_WAY_MS } from './faults.ts';
import { ANSWERS_WITHIN_MS } from './freezing.ts';
import { ask, type Operation, type Outcome, type Verb } from './operations.ts';
import type { Me } from './person.ts';
import { launch, type Means, type Result } from './processes.ts';
import type { Part } from './scenario.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** The actors: every client that sends requests in the simulated world. */
export interface Actors {
  /** The requests and answers of each name. */
  histories: ReadonlyMap<string, History>;
  /** The wrong answers since this list was last emptied. */
  faults: string[];
  /** Lets a person play their part. The result is reported when it is over. */
  enter: (part: Part) => Promise<void>;
  /** Sends one request that belongs to no part. */
  asks: (operation: Operation) => Promise<Outcome>;
}

export function createActors(world: World, connections: Connections): Actors {
  const histories = new Map(world.plan.names.map((name) => [name, createHistory()]));
  const faults: string[] = [];
  const chance = chanceOf(world.plan.seed, 'calls');
  const asks = (operation: Operation) => {
    const history = histories.get(operation.name) as History;
    return request(world, { operation, history, faults, chance, connections });
  };
  const enter = (part: Part) => part.play(meOf(world, part, asks));
  return { histories, faults, enter, asks };
}

function meOf({ agenda }: World, { name, who, role, chance }: Part, asks: Actors['asks']): Me {
  const operation = (verb: Verb, more: { whom?: string; role?: Role; body?: object }): Operation => ({
    name,
    who,
    role: more.role ?? role,
    verb,
    whom: more.whom ?? who,
    body: more.body ?? {},
  });
  return {
    who,
    role,
    chance,
    ask: (verb, more = {}) => asks(operation(verb, more)),
    wait: (ms) => clientWait(agenda, ms),
    now: () => agenda.now,
  };
}

/** Clients live longer than the functions that serve them. */
function clientWait(agenda: Agenda, ms: number): Promise<void> {
  return new Promise((resolve) => {
    agenda.pending.push({ process: undefined, due: agenda.now + ms, happen: resolve });
  });
}

interface Request {
  operation: Operation;
  history: History;
  faults: string[];
  chance: Chance;
  connections: Connections;
}

/**
 * The time after its answer in which a function may still have an effect: requests that it sent before may arrive this
 * late.
 */
const AFTERWARDS_MS = UNDER_WAY_MS;

/** Starts a function for one request. Settles when it has answered or died. */
function request(world: World, asked: Request): Promise<Outcome> {
  const { operation, history, chance, connections } = asked;
  const entry: HistoryEntry = {
    ...operation,
    from: world.step,
    to: NEVER,
    fromMs: world.agenda.now,
    toMs: NEVER,
  };
  history.entries.push(entry);
  const id = `${operation.name === NAME ? '' : `${operation.name}/`}${operation.who}.${history.entries.length}`;
  const onStart = () => {
    Object.assign(entry, { from: world.step, fromMs: world.agenda.now });
    say(world, `${id} asks ${operation.verb} ${operation.whom === operation.who ? '' : operation.whom}`);
    if (operation.verb === 'leave') connections.leave(operation.name, operation.who);
  };
  const onBurial = () => finish(world, entry);
  const run = (means: Means) => ask(operation, callOf(operation, means));
  return new Promise((resolve) => {
    const work = { id, mostMs: ANSWERS_WITHIN_MS, answersInTime: true, run, onStart, onBurial };
    launch(world, { work, chance }, (result) => {
      const outcome = outcomeOf(result);
      if (outcome.kind !== 'died') conclude(world, asked, { entry, outcome, id });
      if (result.kind === 'out-of-time') letFinish(world, entry);
      resolve(outcome);
    });
  });
}

const OUT_OF_TIME: Outcome = { kind: 'refused', code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: undefined };

function outcomeOf(result: Result<Outcome>): Outcome {
  if (result.kind === 'out-of-time') return OUT_OF_TIME;
  return result.kind === 'done' ? result.value : result;
}

/** Requests that its function sent may still arrive. */
function letFinish(world: World, entry: HistoryEntry): void {
  Object.assign(entry, { to: NEVER, toMs: NEVER });
  const due = world.agenda.now + AFTERWARDS_MS + 1;
  world.agenda.pending.push({ process: undefined, due, happen: () => finish(world, entry) });
}

const finish = (world: World, entry: HistoryEntry) =>
  void Object.assign(entry, { to: world.step, toMs: world.agenda.now });

function conclude(
  world: World,
  { history, faults, connections }: Request,
  { entry, outcome, id }: { entry: HistoryEntry; outcome: Outcome; id: string },
): void {
  Object.assign(entry, { outcome });
  finish(world, entry);
  say(world, `${id} ${describe(outcome)}`);
  const given = history.given.length;
  faults.push(...answerFaults(history, entry, storesOf(world, entry.name)));
  for (const each of history.given.slice(given)) connections.open(each);
}

const callOf = ({ who, role }: Operation, means: Means): RequestContext => ({
  ...means,
  caller: { externalUserId: who, role },
  location: {},
});

function describe(outcome: Outcome): string {
  if (outcome.kind === 'refused') return `is refused: ${outcome.code}`;
  if (outcome.kind === 'failed') return `fails: ${(outcome.error as Error).name}`;
  if (outcome.kind === 'died') return 'died';
  const { status, body } = outcome.answer;
  const seat = (body as { placement?: { kind: string; ordinal?: number } } | undefined)?.placement;
  return `is answered ${status}${seat ? ` in ${seat.kind} ${seat.ordinal ?? ''}` : ''}`;
}
