import type { Role } from '../../lib/context.ts';
import type { Chance } from '../chance.ts';
import { isLater } from '../is-later.ts';
import type { Outcome, Verb } from './operations.ts';

/** A person who sends requests about one meeting, simulated or over HTTP. */
export interface Me {
  who: string;
  role: Role;
  chance: Chance;
  ask: (verb: Verb, more?: { whom?: string; role?: Role; body?: object }) => Promise<Outcome>;
  wait: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Asks until there is an answer, as clients do, after the pause that the last answer named. Some people give up. */
export async function persist(me: Me, verb: Verb, body: object = {}, tries = 3): Promise<Outcome> {
  let outcome = await me.ask(verb, { body });
  for (let n = 1; n < tries && retryAfter(outcome) !== undefined; n++) {
    await me.wait(retryAfter(outcome) as number);
    outcome = await me.ask(verb, { body });
  }
  return outcome;
}

/** The pause after which a client asks again. Undefined where it has its answer. */
export function retryAfter(outcome: Outcome): number | undefined {
  if (outcome.kind === 'answered')
    return outcome.answer.status === 202 ? outcome.answer.retryAfterMs : undefined;
  if (outcome.kind !== 'refused') return 1000;
  return isLater(outcome.code) ? (outcome.retryAfterMs ?? 2000) : undefined;
}
