import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Tally } from '../../lib/domain/placement/demand.ts';
import { seeded } from '../../lib/domain/placement/dirichlet.ts';
import { lastAudienceAfter } from '../../lib/domain/placement/last-audience.ts';
import type { Shares } from '../../local/load-generator/internet-users.ts';

/** The first week had between a quarter of the usual viewers and four times as many. */
const SIZE = { usual: 1000, factor: 4 };
/** The standard deviation of the logarithm of each share: a region has a third more viewers in one week than in another. */
const NOISE = 0.3;

/** What a name knows in its second week: the arrivals of a first week with this audience, of another size, with noise. */
export function afterAWeek(shares: Shares, seed: number): { lastAudience?: Tally } {
  const next = seeded(seed * 104_729 + 7);
  const viewers = Math.round(SIZE.usual * SIZE.factor ** (2 * next() - 1));
  const noisy = (Object.entries(shares) as [MediaRegion, number][]).map(
    ([mediaRegion, share]) => [mediaRegion, share * Math.exp(NOISE * normal(next))] as const,
  );
  const arrivals: Tally = {};
  for (let k = 0; k < viewers; k++) {
    const from = drawn(noisy, next());
    arrivals[from] = (arrivals[from] ?? 0) + 1;
  }
  const lastAudience = lastAudienceAfter(undefined, arrivals);
  return lastAudience ? { lastAudience } : {};
}

function drawn(shares: readonly (readonly [MediaRegion, number])[], random: number): MediaRegion {
  let remaining = random * shares.reduce((sum, [, share]) => sum + share, 0);
  for (const [mediaRegion, share] of shares) {
    remaining -= share;
    if (remaining <= 0) return mediaRegion;
  }
  return (shares.at(-1) as readonly [MediaRegion, number])[0];
}

/** A sample of the standard normal distribution (Box and Muller). */
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
