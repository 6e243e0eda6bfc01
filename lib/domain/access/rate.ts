/** A rate limit for one caller. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/**
 * Applies the rate limit to one request. The bucket is one number, the time until which its capacity is used (generic cell
 * rate algorithm, https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm). Returns the bucket's new value, or after how
 * many milliseconds to retry.
 */
export function askAt(
  spokenUntil: number,
  now: number,
  { perSecond, burst }: Rate,
): { spokenUntil: number } | { retryAfterMs: number } {
  const costMs = 1000 / perSecond;
  const next = Math.max(spokenUntil, now) + costMs;
  const tooFarMs = next - now - burst * costMs;
  return tooFarMs > 0 ? { retryAfterMs: Math.ceil(tooFarMs) } : { spokenUntil: next };
}
