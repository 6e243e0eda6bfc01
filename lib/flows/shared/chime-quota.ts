import type { Call } from '../../call.ts';
import type { Line } from '../../chime/ask.ts';
import type { Trouble } from '../../chime/trouble.ts';
import { beforeAttempt, remainingMs } from '../../deadline.ts';
import { Refusal } from '../../refusals.ts';
import { takeTurn } from '../../store/quota.ts';

/**
 * How long one call to Chime may stand in line (milliseconds). `brief` where the caller can as well come again; `long`
 * for what is better late than half done, as deletions are; `sweeping` where nobody waits for the answer.
 */
const PATIENCE_MS = { none: 0, short: 300, brief: 800, long: 3000, sweeping: 5000 };
export type Patience = keyof typeof PATIENCE_MS;

/**
 * The limiter that all Lambdas share: it gives a permit for one call of an operation, after a wait if need be. It never
 * reserves one for a time after the deadline of the work that asks, and throws `DeadlineExceeded` once that is over.
 */
export function inLine(call: Call, patience: Patience = 'brief'): Line {
  return async (operation) => {
    beforeAttempt();
    const patienceMs = Math.min(PATIENCE_MS[patience], Math.max(0, remainingMs()));
    const turn = await takeTurn(operation, { now: call.now(), patienceMs });
    if ('retryAfterMs' in turn) return 'no-turn';
    await call.pause(turn.waitMs);
    return 'turn';
  };
}

/** What a caller hears where Chime was in the way. Where it was our own pace, that is no outage: they come again. */
export function declined(trouble: Trouble): Refusal {
  if (trouble === 'no-turn') return new Refusal('TOO_MANY_REQUESTS');
  return new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${trouble}`) });
}
