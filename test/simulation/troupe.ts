import type { Call, Role } from '../../lib/call.ts';
import { answerFaults } from './answers.ts';
import { type Chance, chanceOf } from './chance.ts';
import { launch, type Means } from './processes.ts';
import type { Me, Part } from './scenario.ts';
import type { Agenda } from './scheduler.ts';
import { storesOf } from './stores.ts';
import { ask, type Outcome, type Verb, type Wish } from './wishes.ts';
import { createWitness, type Deed, type Witness } from './witness.ts';
import { say, type World } from './world.ts';

/** A function may run for so long: serverless.yml, `timeout`. */
const FUNCTION_TIMEOUT_MS = 10_000;
const NEVER = Number.POSITIVE_INFINITY;

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

/** Start a function for one request; settle when it has answered, or died. */
function request(world: World, { wish, witness, faults, chance }: Request): Promise<Outcome> {
  const deed: Deed = { ...wish, from: world.step, to: NEVER, fromMs: world.agenda.now, toMs: NEVER };
  witness.deeds.push(deed);
  const id = `${wish.who}.${witness.deeds.length}`;
  const onStart = () => {
    Object.assign(deed, { from: world.step, fromMs: world.agenda.now });
    say(world, `${id} asks ${wish.verb} ${wish.whom === wish.who ? '' : wish.whom}`);
  };
  const onBurial = () => {
    Object.assign(deed, { to: world.step, toMs: world.agenda.now });
  };
  const run = (means: Means) => ask(wish, callOf(wish, means));
  return new Promise((resolve) => {
    const work = { id, mostMs: FUNCTION_TIMEOUT_MS, run, onStart, onBurial };
    launch(world, { work, chance }, (result) => {
      const outcome = result.kind === 'done' ? result.value : result;
      if (outcome.kind !== 'died') conclude(world, { deed, outcome, witness, faults, id });
      resolve(outcome);
    });
  });
}

interface Conclusion {
  deed: Deed;
  outcome: Outcome;
  witness: Witness;
  faults: string[];
  id: string;
}

function conclude(world: World, { deed, outcome, witness, faults, id }: Conclusion): void {
  Object.assign(deed, { outcome, to: world.step, toMs: world.agenda.now });
  say(world, `${id} ${describe(outcome)}`);
  faults.push(...answerFaults(witness, deed, storesOf(world)));
}

const callOf = ({ who, role }: Wish, means: Means): Call => ({
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
