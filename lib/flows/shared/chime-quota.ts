import type { Limiter } from '../../chime/ask.ts';
import type { ChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { beforeAttempt, remainingMs } from '../../deadline.ts';
import { Refusal } from '../../refusals.ts';
import { reservePermit } from '../../store/quota.ts';

/**
 * How long one call to Chime may wait for a permit (milliseconds). `brief`: the client can as well retry. `long`:
 * better late than half done, as for deletions. `reconciling`: no client waits for the answer.
 */
const MAX_WAIT_MS = { none: 0, short: 300, brief: 800, long: 3000, reconciling: 5000 };
export type MaxWait = keyof typeof MAX_WAIT_MS;
export const maxWaitMs = (maxWait: MaxWait): number => MAX_WAIT_MS[maxWait];

/**
 * The limiter that all Lambdas share: it grants a permit for one call of an operation, after a wait if needed. It
 * never reserves a permit beyond the deadline of the work. After the deadline it throws `DeadlineExceeded`.
 */
export function chimeLimiter(context: RequestContext, maxWait: MaxWait = 'brief'): Limiter {
  return async (operation) => {
    beforeAttempt();
    const maxWaitMs = Math.min(MAX_WAIT_MS[maxWait], Math.max(0, remainingMs()));
    const permit = await reservePermit(operation, { now: context.now(), maxWaitMs });
    if ('retryAfterMs' in permit) return 'rate-limited';
    await context.pause(permit.waitMs);
    return 'permitted';
  };
}

/** Permits of an operation that are reserved: when each of its calls may be made (milliseconds since the epoch). */
interface Reserved {
  operation: string;
  reserved: number[];
}

/** A limiter that gives out reserved permits, each at its time. Calls beyond them take permits as usual. */
export function reservedFirst(
  { operation: ours, reserved }: Reserved,
  beyond: Limiter,
  context: RequestContext,
): Limiter {
  const left = [...reserved];
  return async (operation) => {
    const at = operation === ours ? left.shift() : undefined;
    return at === undefined ? beyond(operation) : untilPermitted(at, context);
  };
}

/** Waits until the time of a reserved permit (milliseconds since the epoch). After the deadline it throws `DeadlineExceeded`. */
export async function untilPermitted(at: number, context: RequestContext): Promise<'permitted'> {
  beforeAttempt();
  await context.pause(Math.max(0, at - context.now()));
  return 'permitted';
}

/** The refusal for a failure of Chime. Our own rate limit is not an outage: the client retries after 429. */
export function declined(failure: ChimeFailure): Refusal {
  if (failure === 'rate-limited') return new Refusal('TOO_MANY_REQUESTS');
  return new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${failure}`) });
}
