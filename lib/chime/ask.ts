import { measure } from '../metrics.ts';
import { type ChimeFailure, failureAsValue, isChimeFailure } from './failure.ts';
import { type Limiter, withRetryPermits } from './permit.ts';

export type { Limiter as Line } from './permit.ts';

/**
 * Ask Chime once it is our turn. Every call of ours goes through here and has to bring its line, so that none can be
 * made past the account's quota. Trouble is an outcome, not an exception.
 */
export async function ask<Answer extends object>(
  line: Limiter,
  operation: string,
  send: () => Promise<Answer>,
): Promise<Answer | ChimeFailure> {
  if ((await line(operation)) === 'rate-limited') return counted(operation, 'rate-limited');
  return counted(operation, await failureAsValue(withRetryPermits({ limiter: line, operation }, send)));
}

/** Our own pace is an outcome too: `no-turn` is a call that was not made. */
function counted<Outcome extends object | ChimeFailure>(operation: string, outcome: Outcome): Outcome {
  const word = isChimeFailure(outcome) ? outcome : 'done';
  measure('ChimeCalls', 1, { operation, outcome: word });
  if (word === 'throttled') measure('ChimeThrottled');
  return outcome;
}
