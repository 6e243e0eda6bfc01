import type { Call } from '../../call.ts';
import { beforeAttempt, DeadlineExceeded, withinDeadline } from '../../deadline.ts';
import { sendsUntil } from '../../domain/meeting/clocks.ts';
import type { Lease } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';

/** The right to do one thing for a while, in this request's name. */
export function leaseFor(call: Call): Lease {
  return { owner: call.requestId, until: call.now() + settings().leaseMs };
}

/**
 * Do some work under a lease: none of its requests is sent once another machine may hold the lease, whatever its clock says.
 * Throws `DeadlineExceeded` then; the next holder goes on with the work. `orWhenLeaseEnds` makes it an outcome.
 */
export function underLease<T>(lease: Lease, call: Call, work: () => Promise<T>): Promise<T> {
  return withinDeadline({ until: sendsUntil(lease), now: call.now }, work);
}

/**
 * The outcome of work whose lease ended first. Where the request as a whole may go on, it looks again; else the error stands.
 * Use: `underLease(…).catch(orWhenLeaseEnds('at-once'))`.
 */
export const orWhenLeaseEnds =
  <Outcome>(outcome: Outcome) =>
  (error: unknown): Outcome => {
    if (!(error instanceof DeadlineExceeded)) throw error;
    beforeAttempt();
    return outcome;
  };
