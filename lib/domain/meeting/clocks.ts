import type { Lease } from './topology.ts';

/** The clocks of two machines of ours, or of one of them and Chime, differ by at most this much (milliseconds). */
export const CLOCK_SKEW_MS = 5000;

/** A request whose sender stopped waiting for it may still arrive, and take effect, this much later (milliseconds). */
export const LATE_ARRIVAL_MS = 3000;

/**
 * Until when the holder of a lease may still send requests (milliseconds since the epoch, by the holder's clock). Another
 * machine takes the lease over once `until` has passed by its own clock, so the holder stops earlier: by the clock skew, and by
 * the time that its last request may need to arrive.
 */
export function sendsUntil({ until }: Lease): number {
  return until - CLOCK_SKEW_MS - LATE_ARRIVAL_MS;
}
