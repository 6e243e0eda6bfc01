/** A quota of Chime: so many calls of an operation a second, and so many at once. */
export interface Rate {
  burst: number;
  ratePerSecond: number;
}

/**
 * This many calls of the burst are never given out. Our bucket counts a call when it is reserved, Chime when it
 * arrives. If the first call is delayed on its way, the same calls arrive closer together at Chime.
 */
const HELD_BACK = 2;

/** The cost of one call, and how far ahead of the clock calls may be reserved without a wait (both in ms). */
export function bucketOf({ burst, ratePerSecond }: Rate): { cost: number; slack: number } {
  const calls = Math.max(1, burst - HELD_BACK);
  return {
    cost: Math.ceil(1000 / ratePerSecond),
    slack: Math.floor((calls * 1000) / ratePerSecond),
  };
}

/** In how many milliseconds so many more calls could be made, if the quota is reserved until `spokenUntil`. */
export function freeInMs(
  { spokenUntil, rate }: { spokenUntil: number; rate: Rate },
  calls: number,
  now: number,
): number {
  const { cost, slack } = bucketOf(rate);
  return Math.max(0, Math.max(now, spokenUntil) + calls * cost - now - slack);
}
