import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Shares } from './internet-users.ts';
import { AUDIENCES } from './known-audiences.ts';

/** The names of the audiences. Their sources are given in known-audiences.ts. */
export const AUDIENCE_NAMES = ['world', 'two-poles', 'asia-pacific', 'one-office', 'everywhere'] as const;
export type AudienceName = (typeof AUDIENCE_NAMES)[number];

const SHARES: Record<AudienceName, Shares | undefined> = {
  world: AUDIENCES['internet users'],
  'two-poles': AUDIENCES['two poles'],
  'asia-pacific': AUDIENCES['asia-pacific 70/30'],
  'one-office': AUDIENCES['webinar 80/20'],
  everywhere: AUDIENCES.uniform,
};

/**
 * The homes of the first `count` viewers of an audience, in the order of their arrival. The region with the largest deficit
 * is next. So at any count, each media region has its share to within one or two viewers.
 */
export function homesOf(name: AudienceName, count: number): MediaRegion[] {
  const shares = Object.entries(SHARES[name] ?? {}) as [MediaRegion, number][];
  const whole = shares.reduce((sum, [, share]) => sum + share, 0);
  const owed = shares.map(([mediaRegion, share]) => ({ mediaRegion, share: share / whole, due: 0 }));
  return Array.from({ length: count }, () => {
    for (const each of owed) each.due += each.share;
    const next = owed.reduce((most, each) => (each.due > most.due ? each : most));
    next.due -= 1;
    return next.mediaRegion;
  });
}
