/** The pause before a retry: it doubles with each failure in a row, up to a maximum (ms). */
export function growingPauseMs(
  failures: number,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
}
