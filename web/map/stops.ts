/** The values of the slider: close together at first, and at most ten thousand. */
export const STOPS = [
  1, 5, 10, 25, 60, 100, 250, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 7000, 8000, 9000,
  10_000,
] as const;

/** The slider value nearest to this number of viewers. */
export function stopOf(viewers: number): number {
  const distances = STOPS.map((stop) => Math.abs(stop - viewers));
  return distances.indexOf(Math.min(...distances));
}
