import type { Lease } from './topology.ts';

/** The largest difference between the clocks of two of our machines, or of one and Chime (milliseconds). */
export const CLOCK_SKEW_MS = 5000;

/** How much later a request may still arrive and take effect after its sender stopped waiting (milliseconds). */
export const LATE_ARRIVAL_MS = 3000;

/**
 * The instant until which the holder of a lease may send requests (milliseconds since the epoch, by the holder's
 * clock). Another machine takes over the lease once `until` has passed by that machine's clock. So the holder stops
 * earlier: by the clock skew, and by the time that its last request may need to arrive.
 */
export function sendsUntil({ until }: Lease): number {
  return until - CLOCK_SKEW_MS - LATE_ARRIVAL_MS;
}
