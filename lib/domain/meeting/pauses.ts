/** How long to wait before what failed is tried again: twice as long with each failure in a row, up to a longest pause (ms). */
export function growingPauseMs(
  failures: number,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
}
