/** The percentile of these numbers (nearest rank). */
export function percentile(numbers: readonly number[], percent: number): number {
  if (numbers.length === 0) throw new TypeError('There is no percentile of nothing');
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] as number;
}

/** The most of these instants within any window of this length. An instant at the window's very end lies outside. */
export function busiestWindow(instants: readonly number[], windowMs: number): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let [most, first] = [0, 0];
  for (let last = 0; last < sorted.length; last++) {
    while ((sorted[last] as number) - (sorted[first] as number) >= windowMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** The mean of these numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** A number rounded to this many decimals. */
export function rounded(number: number, digits = 2): number {
  return Math.round(number * 10 ** digits) / 10 ** digits;
}
