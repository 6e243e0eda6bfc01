import { measure } from '../metrics.ts';
import { type Line, withRetryPermits } from './permit.ts';
import { isTrouble, type Trouble, unlessTrouble } from './trouble.ts';

export type { Line } from './permit.ts';

/**
 * Ask Chime once it is our turn. Every call of ours goes through here and has to bring its line, so that none can be
 * made past the account's quota. Trouble is an outcome, not an exception.
 */
export async function ask<Answer extends object>(
  line: Line,
  operation: string,
  send: () => Promise<Answer>,
): Promise<Answer | Trouble> {
  if ((await line(operation)) === 'no-turn') return counted(operation, 'no-turn');
  return counted(operation, await unlessTrouble(withRetryPermits({ line, operation }, send)));
}

/** Our own pace is an outcome too: `no-turn` is a call that was not made. */
function counted<Outcome extends object | Trouble>(operation: string, outcome: Outcome): Outcome {
  const word = isTrouble(outcome) ? outcome : 'done';
  measure('ChimeCalls', 1, { operation, outcome: word });
  if (word === 'throttled') measure('ChimeThrottled');
  return outcome;
}
