import { scaled, type Weights } from './demand.ts';
import type { Outlook } from './outlook.ts';

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

/**
 * Possible audiences for an outlook, each with sum 1, drawn from the Dirichlet distribution with the outlook as parameters.
 * They differ widely while little is known, and hardly at all later. The same outlook always gives the same audiences.
 */
export function likelyAudiences(outlook: Weights, count: number): Weights[] {
  const next = seeded(12_345);
  return Array.from({ length: count }, () =>
    scaled(
      outlook.map((weight) => (weight > 0 ? gamma(weight, next) : 0)),
      1,
    ),
  );
}

/** Possible audiences for several outlooks, of each as many as it is probable. */
export function likelyUnder(outlooks: readonly Outlook[], count: number): Weights[] {
  const [first, ...others] = outlooks.map(({ weights, probability }) => ({
    weights,
    many: Math.round(probability * count),
  }));
  const rest = count - others.reduce((sum, { many }) => sum + many, 0);
  return [
    ...likelyAudiences(first?.weights ?? [], rest),
    ...others.flatMap(({ weights, many }) => likelyAudiences(weights, many)),
  ];
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
