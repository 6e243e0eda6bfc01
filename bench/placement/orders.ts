import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { runs } from '../../lib/domain/meeting/seats.ts';
import { seeded } from '../../lib/domain/placement/dirichlet.ts';
import type { Shares } from '../../local/load-generator/internet-users.ts';

/** Divides viewers by these shares into whole numbers, by largest remainder, region by region. */
export function crowdOf(shares: Shares, viewers: number): MediaRegion[] {
  const entries = Object.entries(shares) as [MediaRegion, number][];
  const sum = entries.reduce((total, [, share]) => total + share, 0);
  const exact = entries.map(([region, share]) => ({ region, whole: (share * viewers) / sum }));
  const missing = viewers - exact.reduce((total, { whole }) => total + Math.floor(whole), 0);
  const byRemainder = exact.toSorted((a, b) => (b.whole % 1) - (a.whole % 1)).map(({ region }) => region);
  const more = new Set(byRemainder.slice(0, missing));
  return exact.flatMap(({ region, whole }) =>
    Array.from({ length: Math.floor(whole) + (more.has(region) ? 1 : 0) }, () => region),
  );
}

/** The same viewers in a random order, determined by the seed (Fisher and Yates). */
export function inRandomOrder(crowd: readonly MediaRegion[], seed: number): MediaRegion[] {
  return shuffled(crowd, seed);
}

/** The viewers of one burst come from one media region, one after another. */
const BURST = 25;

/** The same viewers in bursts from one media region each, the bursts in a random order, determined by the seed. */
export function inBursts(crowd: readonly MediaRegion[], seed: number): MediaRegion[] {
  const bursts = [...new Set(crowd)].flatMap((region) =>
    runs(
      crowd.filter((each) => each === region),
      BURST,
    ),
  );
  return shuffled(bursts, seed).flat();
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const next = seeded(seed * 7919 + 1);
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}

/** The media regions whose mornings come together, in the order in which the sun reaches them. */
export const TIME_ZONES: readonly (readonly MediaRegion[])[] = [
  ['ap-southeast-2'],
  ['ap-northeast-1', 'ap-northeast-2'],
  ['ap-southeast-1'],
  ['ap-south-1'],
  ['af-south-1', 'il-central-1', 'eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-3'],
  ['eu-west-1', 'eu-west-2'],
  ['sa-east-1'],
  ['us-east-1', 'us-east-2', 'ca-central-1'],
  ['us-west-1', 'us-west-2'],
];

/**
 * The same viewers as their time zones wake up: one zone after another, in a random order within each zone. The seed
 * determines the zone where the event begins.
 */
export function asZonesWake(crowd: readonly MediaRegion[], seed: number): MediaRegion[] {
  const first = Math.floor(seeded(seed * 7919 + 1)() * TIME_ZONES.length);
  return [...TIME_ZONES.slice(first), ...TIME_ZONES.slice(0, first)].flatMap((zone) =>
    inRandomOrder(
      crowd.filter((viewer) => zone.includes(viewer)),
      seed,
    ),
  );
}
