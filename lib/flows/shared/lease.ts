import type { RequestContext } from '../../context.ts';
import { beforeAttempt, DeadlineExceeded, withinDeadline } from '../../deadline.ts';
import { sendsUntil } from '../../domain/meeting/clocks.ts';
import type { Lease } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';

/** The right to do one thing for a while, in this request's name. */
export function leaseFor(context: RequestContext): Lease {
  return { owner: context.requestId, until: context.now() + settings().leaseMs };
}

/**
 * Do some work under a lease: none of its requests is sent once another machine may hold the lease, whatever its clock says.
 * Throws `DeadlineExceeded` then; the next holder goes on with the work. `orWhenLeaseEnds` makes it an outcome.
 */
export function underLease<T>(lease: Lease, context: RequestContext, work: () => Promise<T>): Promise<T> {
  return withinDeadline({ until: sendsUntil(lease), now: context.now }, work);
}

/**
 * The outcome of work whose lease ended first. Where the request as a whole may go on, it looks again; else the error stands.
 * Use: `underLease(…).catch(orWhenLeaseEnds('now'))`.
 */
export const orWhenLeaseEnds =
  <Outcome>(outcome: Outcome) =>
  (error: unknown): Outcome => {
    if (!(error instanceof DeadlineExceeded)) throw error;
    beforeAttempt();
    return outcome;
  };
