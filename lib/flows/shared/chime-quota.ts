import type { Line } from '../../chime/ask.ts';
import type { ChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { beforeAttempt, remainingMs } from '../../deadline.ts';
import { Refusal } from '../../refusals.ts';
import { reservePermit } from '../../store/quota.ts';

/**
 * How long one call to Chime may stand in line (milliseconds). `brief` where the caller can as well come again; `long`
 * for what is better late than half done, as deletions are; `reconciling` where nobody waits for the answer.
 */
const MAX_WAIT_MS = { none: 0, short: 300, brief: 800, long: 3000, reconciling: 5000 };
export type MaxWait = keyof typeof MAX_WAIT_MS;

/**
 * The limiter that all Lambdas share: it gives a permit for one call of an operation, after a wait if need be. It never
 * reserves one for a time after the deadline of the work that asks, and throws `DeadlineExceeded` once that is over.
 */
export function chimeLimiter(context: RequestContext, maxWait: MaxWait = 'brief'): Line {
  return async (operation) => {
    beforeAttempt();
    const maxWaitMs = Math.min(MAX_WAIT_MS[maxWait], Math.max(0, remainingMs()));
    const turn = await reservePermit(operation, { now: context.now(), maxWaitMs: maxWaitMs });
    if ('retryAfterMs' in turn) return 'rate-limited';
    await context.pause(turn.waitMs);
    return 'permitted';
  };
}

/** What a caller hears where Chime was in the way. Where it was our own pace, that is no outage: they come again. */
export function declined(trouble: ChimeFailure): Refusal {
  if (trouble === 'rate-limited') return new Refusal('TOO_MANY_REQUESTS');
  return new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${trouble}`) });
}
