import type { Call, Role } from '../../lib/call.ts';
import { answerFaults } from './answers.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Me, Part } from './scenario.ts';
import { type Agenda, later, type Process } from './scheduler.ts';
import { storesOf } from './stores.ts';
import { ask, type Outcome, type Verb, type Wish } from './wishes.ts';
import { createWitness, type Deed, type Witness } from './witness.ts';
import { say, type World } from './world.ts';

/** A function may run for so long: serverless.yml, `timeout`. */
const FUNCTION_TIMEOUT_MS = 10_000;

/** Everybody who asks things of the simulated world. */
export interface Troupe {
  witness: Witness;
  /** What was wrong with answers since this was last emptied. */
  faults: string[];
  /** Have somebody begin to play their part. What came of it is told when it is over. */
  enter: (part: Part) => Promise<void>;
  /** One request, from outside of any part. */
  asks: (wish: Wish) => Promise<Outcome>;
}

export function createTroupe(world: World): Troupe {
  const witness = createWitness();
  const faults: string[] = [];
  const chance = chanceOf(world.plan.seed, 'calls');
  const asks = (wish: Wish) => request(world, { wish, witness, faults, chance });
  const enter = (part: Part) => part.play(meOf(world, part, asks));
  return { witness, faults, enter, asks };
}

function meOf({ agenda }: World, { who, role, chance }: Part, asks: Troupe['asks']): Me {
  const wish = (verb: Verb, more: { whom?: string; role?: Role; body?: object }): Wish => ({
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
    ask: (verb, more = {}) => asks(wish(verb, more)),
    wait: (ms) => clientWait(agenda, ms),
  };
}

/** Clients live longer than the functions that serve them. */
function clientWait(agenda: Agenda, ms: number): Promise<void> {
  return new Promise((resolve) => {
    agenda.pending.push({ process: undefined, due: agenda.now + ms, happen: resolve });
  });
}

interface Request {
  wish: Wish;
  witness: Witness;
  faults: string[];
  chance: Chance;
}

/** Start a function for one request, when its turn comes; settle when it has answered, or died. */
function request(world: World, { wish, witness, faults, chance }: Request): Promise<Outcome> {
  const deed: Deed = { ...wish, from: world.step, to: Number.POSITIVE_INFINITY };
  witness.deeds.push(deed);
  const id = `${wish.who}.${witness.deeds.length}`;
  return new Promise((resolve) => {
    const process = processOf(world, id, chance);
    process.onDeath = () => {
      say(world, `${id} dies`);
      resolve({ kind: 'died' });
    };
    process.onBurial = () => {
      deed.to = world.step;
    };
    const answered = (outcome: Outcome) => {
      if (process.state === 'dead') return;
      process.state = 'over';
      Object.assign(deed, { outcome, to: world.step });
      say(world, `${id} ${describe(outcome)}`);
      faults.push(...answerFaults(witness, deed, storesOf(world)));
      resolve(outcome);
    };
    const happen = () => {
      deed.from = world.step;
      say(world, `${id} asks ${wish.verb} ${wish.whom === wish.who ? '' : wish.whom}`);
      void ask(wish, callOf(world, { wish, id, chance })).then(answered);
    };
    world.agenda.pending.push({ process, due: world.agenda.now, happen });
  });
}

function processOf({ agenda, plan }: World, id: string, chance: Chance): Process {
  return {
    id,
    container: chance.below(plan.containers),
    until: agenda.now + FUNCTION_TIMEOUT_MS,
    priority: chance.next(),
    state: 'running',
    onDeath: () => {},
    onBurial: () => {},
  };
}

function callOf({ agenda }: World, { wish, id, chance }: { wish: Wish; id: string; chance: Chance }): Call {
  const { who, role } = wish;
  return {
    caller: { externalUserId: who, role },
    requestId: id,
    location: {},
    now: () => agenda.now,
    random: chance.next,
    pause: (ms) => new Promise((resolve) => later(agenda, ms, resolve)),
  };
}

function describe(outcome: Outcome): string {
  if (outcome.kind === 'refused') return `is refused: ${outcome.code}`;
  if (outcome.kind === 'failed') return `fails: ${(outcome.error as Error).name}`;
  if (outcome.kind === 'died') return 'died';
  const { status, body } = outcome.answer;
  const seat = (body as { placement?: { kind: string; ordinal?: number } } | undefined)?.placement;
  return `is answered ${status}${seat ? ` in ${seat.kind} ${seat.ordinal ?? ''}` : ''}`;
}
