import type { RequestContext } from '../../context.ts';
import { beforeAttempt, DeadlineExceeded, withinDeadline } from '../../deadline.ts';
import { sendsUntil } from '../../domain/meeting/clocks.ts';
import type { Lease } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';

/** A lease owned by this request. */
export function leaseFor(context: RequestContext): Lease {
  return { owner: context.requestId, until: context.now() + settings().leaseMs };
}

/**
 * Run work under a lease. No request is sent once another Lambda may hold the lease, even with skewed clocks. It
 * then throws `DeadlineExceeded`, and the next holder continues. `orWhenLeaseEnds` turns that into an outcome.
 */
export function underLease<T>(lease: Lease, context: RequestContext, work: () => Promise<T>): Promise<T> {
  return withinDeadline({ until: sendsUntil(lease), now: context.now }, work);
}

/**
 * The outcome of work whose lease ended. If the deadline of the whole request has also passed, the error is thrown.
 * Use: `underLease(…).catch(orWhenLeaseEnds('now'))`.
 */
export const orWhenLeaseEnds =
  <Outcome>(outcome: Outcome) =>
  (error: unknown): Outcome => {
    if (!(error instanceof DeadlineExceeded)) throw error;
    beforeAttempt();
    return outcome;
  };
