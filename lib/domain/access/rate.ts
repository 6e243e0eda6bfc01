/** How often somebody may ask. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/**
 * May they ask now? Their bucket is one number, the time until which it is spoken for (generic cell rate algorithm,
 * https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm). Either it moves on, or they are told when to ask again (ms).
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
