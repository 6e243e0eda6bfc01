/** A quota of Chime: so many calls of an operation a second, and so many at once. */
export interface Rate {
  burst: number;
  ratePerSecond: number;
}

/**
 * So much of the burst is never given out: this many calls, and no less than these milliseconds of the rate. Our bucket counts a
 * call when it is reserved, Chime when it arrives, and Chime's refills only from the first arrival on. Until then a replica's opener
 * creates the meeting (80 ms) and sends the call (40 ms), while a later call may arrive in 30 ms. The rest is for slower
 * calls, and for clocks that differ.
 */
const HELD_BACK = { calls: 1.5, ms: 150 };

/** The cost of one call, and how far ahead of the clock calls may be reserved without a wait (both in ms). */
export function bucketOf({ burst, ratePerSecond }: Rate): { cost: number; slack: number } {
  const cost = Math.ceil(1000 / ratePerSecond);
  const heldBackMs = Math.max(HELD_BACK.calls * cost, HELD_BACK.ms);
  return { cost, slack: Math.max(cost, Math.floor((burst * 1000) / ratePerSecond - heldBackMs)) };
}

/** In how many milliseconds so many more calls could be made (fewer if negative), if the quota is reserved until `spokenUntil`. */
export function freeInMs(
  { spokenUntil, rate }: { spokenUntil: number; rate: Rate },
  calls: number,
  now: number,
): number {
  const { cost, slack } = bucketOf(rate);
  return Math.max(0, Math.max(now, spokenUntil) + calls * cost - now - slack);
}
