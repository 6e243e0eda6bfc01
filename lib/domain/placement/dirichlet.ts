import { scaled, type Weights } from './demand.ts';

/** A deterministic random source of numbers in (0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** A sample of the Dirichlet distribution with these parameters. Its sum is 1. */
export function dirichlet(parameters: Weights, next: () => number): number[] {
  return scaled(
    parameters.map((each) => (each > 0 ? gamma(each, next) : 0)),
    1,
  );
}

/** A sample of the gamma distribution with this shape (Marsaglia and Tsang 2000). */
function gamma(shape: number, next: () => number): number {
  if (shape < 1) return gamma(shape + 1, next) * next() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(next()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * The logarithm of the likelihood of these arrivals, one after another, by the Dirichlet-multinomial distribution with these
 * parameters.
 */
export function logLikelihood(arrivals: Weights, parameters: Weights): number {
  const total = logRising(sum(parameters), sum(arrivals));
  return arrivals.reduce((log, viewers, at) => log + logRising(parameters[at] as number, viewers), -total);
}

const sum = (weights: Weights) => weights.reduce((total, each) => total + each, 0);

/** ln(x (x + 1) … (x + count − 1)). */
const logRising = (x: number, count: number) => (count === 0 ? 0 : logGamma(x + count) - logGamma(x));

/** ln Γ(x) for x > 0: Stirling's series, after a shift to where it is exact to ten digits. */
function logGamma(x: number): number {
  if (x < 8) return logGamma(x + 1) - Math.log(x);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x) - 1 / (360 * x ** 3);
}
