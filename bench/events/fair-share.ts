import { callsFor, DEFAULTS, type Limits } from '../../simulation/quota-minimum.ts';

/**
 * When each of several events would be seated if they shared the quota evenly from the same moment (seconds): every event that
 * still needs calls gets the same part of the burst and of the rate. What one does not need goes to the others. This is
 * processor sharing, which is max-min fair (https://en.wikipedia.org/wiki/Generalized_processor_sharing).
 */
export function fairShares(viewers: readonly number[], limits: Limits = DEFAULTS): number[] {
  const calls = viewers.map((size) => callsFor(size, limits).batchCreateAttendee);
  const served = (each: number) => calls.reduce((sum, wanted) => sum + Math.min(wanted, each), 0);
  return calls.map((wanted) => Math.max(0, served(wanted) - limits.burst) / limits.ratePerSecond);
}
