import type { MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { comeInBursts, type Drawn, type Tally } from '../../../lib/domain/placement/demand.ts';
import { seeded } from '../../../lib/domain/placement/dirichlet.ts';
import { openAhead } from '../../../lib/domain/placement/open-ahead.ts';
import { NOW, primary, replica, topology } from '../../support/topologies.ts';

const HOMES = ['eu-central-1', 'eu-south-1', 'us-east-1', 'ap-south-1'] as const;

/** What the counts of one replica record of these viewers. */
function drawnBy(viewers: readonly MediaRegion[]): Drawn {
  const [arrivals, first]: [Tally, Tally] = [{}, {}];
  for (const [ticket, from] of viewers.entries()) {
    arrivals[from] = (arrivals[from] ?? 0) + 1;
    first[from] ??= ticket;
  }
  return { arrivals, first };
}
const several = (from: MediaRegion, viewers: number): MediaRegion[] => Array(viewers).fill(from);
const inBursts = (...viewers: MediaRegion[][]) => comeInBursts([drawnBy(viewers.flat())]);

describe('bursts of viewers from one media region', () => {
  it('are recognized by the third viewer of the second media region', () => {
    expect(inBursts(several('eu-central-1', 25), several('eu-south-1', 1))).toBe(false);
    expect(inBursts(several('eu-central-1', 25), several('eu-south-1', 3))).toBe(true);
  });

  it('are still recognized when the first media region comes again', () => {
    const [central, south] = [several('eu-central-1', 25), several('eu-south-1', 25)];
    expect(inBursts(central, south, central, south, central)).toBe(true);
  });

  it('are not assumed of an audience with one media region, nor of first tickets that are not all recorded', () => {
    expect(inBursts(several('ap-south-1', 300))).toBe(false);
    const later = { arrivals: { 'eu-central-1': 50, 'us-east-1': 50 }, first: { 'us-east-1': 60 } };
    expect(comeInBursts([later])).toBe(false);
  });

  it('are assumed of independent viewers in fewer than one audience in ten, of any shares, at any of 200 viewers', () => {
    const next = seeded(11);
    const audiences = Array.from({ length: 200 }, () => {
      const homes = HOMES.flatMap((home) => several(home, Math.ceil(40 * next() ** 3)));
      return Array.from({ length: 200 }, () => homes[Math.floor(next() * homes.length)] as MediaRegion);
    });
    const taken = [20, 60, 200].map(
      (viewers) => audiences.filter((all) => inBursts(all.slice(0, viewers))).length,
    );
    expect(Math.max(...taken)).toBeLessThan(20);
  });
});

describe('placement while viewers come in bursts', () => {
  const where = topology(primary(), replica('eu-central-1'));
  const review = (demand: { arrivals: Tally; inBursts?: true }) =>
    openAhead(where, { demand, controlRegion: 'us-east-1', now: NOW });

  it('keeps a replica for other continents that a random order would show not to come', () => {
    const arrivals = { 'eu-central-1': 50, 'eu-south-1': 20 };
    expect(review({ arrivals })).toMatchObject({ kind: 'open', mediaRegion: 'eu-south-1' });
    expect(review({ arrivals, inBursts: true })).toBeUndefined();
  });

  it('opens a replica overseas for the first viewer of a burst, because more come from there at once', () => {
    const arrivals = { 'eu-central-1': 50, 'us-east-1': 1 };
    expect(review({ arrivals, inBursts: true })).toMatchObject({ kind: 'open', mediaRegion: 'us-east-1' });
  });
});
