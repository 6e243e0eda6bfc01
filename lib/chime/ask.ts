import { measure } from '../metrics.ts';
import { type ChimeFailure, failureAsValue, isChimeFailure } from './failure.ts';
import { type Limiter, withRetryPermits } from './permit.ts';

export type { Limiter } from './permit.ts';

/**
 * Call Chime after waiting for a permit. Every call goes through here with a limiter, so that none exceeds the
 * account's quota. A failure is returned, not thrown.
 */
export async function ask<Answer extends object>(
  limiter: Limiter,
  operation: string,
  send: () => Promise<Answer>,
): Promise<Answer | ChimeFailure> {
  if ((await limiter(operation)) === 'rate-limited') return counted(operation, 'rate-limited');
  return counted(operation, await failureAsValue(withRetryPermits({ limiter, operation }, send)));
}

/** Count the outcome of a call. `rate-limited`: the call was not made. */
function counted<Outcome extends object | ChimeFailure>(operation: string, outcome: Outcome): Outcome {
  const word = isChimeFailure(outcome) ? outcome : 'done';
  measure('ChimeCalls', 1, { operation, outcome: word });
  if (word === 'throttled') measure('ChimeThrottled');
  return outcome;
}
