import { Balcony } from '../../bench/placement/balcony.ts';
import { boundOf, waveOf } from '../../bench/placement/bound.ts';
import { optimumOf } from '../../bench/placement/optimum.ts';
import { asZonesWake, crowdOf, inBursts, inRandomOrder } from '../../bench/placement/orders.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { rttMs } from '../../lib/domain/geo/rtt.ts';
import { AUDIENCES, UNSEEN } from '../../local/load-generator/known-audiences.ts';
import { isSoak } from '../support/budget.ts';

const AMERICANS = crowdOf({ 'us-east-1': 1, 'us-west-1': 1, 'us-west-2': 1, 'ca-central-1': 1 }, 400);
const INDIANS = crowdOf({ 'ap-south-1': 1 }, 400);

/** The mean RTT of these viewers to replicas at these places. */
const meanMs = (viewers: readonly MediaRegion[], places: readonly MediaRegion[]) =>
  viewers.reduce((sum, viewer) => sum + Math.min(...places.map((place) => rttMs(viewer, place))), 0) /
  viewers.length;

describe('the bound of the placement bench for viewers in waves', () => {
  it('is 1 if all viewers come in one wave', () => {
    const { ratio, optima } = boundOf({ waves: [waveOf([...AMERICANS, ...INDIANS])], ends: [true] });
    expect(ratio).toBeCloseTo(1, 9);
    expect(optima[0]).toBeCloseTo(800 * optimumOf([...AMERICANS, ...INDIANS], 4).meanRttMs, 6);
  });

  it('is 1 if the arrivals end only after the last wave, because a strategy may know all waves', () => {
    const waves = [waveOf(AMERICANS), waveOf(INDIANS)];
    expect(boundOf({ waves, ends: [false, true] }).ratio).toBeCloseTo(1, 9);
  });

  it('lies below the worst end of the strategies that keep a replica for the second wave, and that keep none', () => {
    const { ratio, optima } = boundOf({ waves: [AMERICANS, INDIANS].map(waveOf), ends: [true, true] });
    const all = ['us-east-1', 'us-west-1', 'us-west-2', 'ca-central-1'] as const;
    const worstEnd = (first: readonly MediaRegion[], both: readonly MediaRegion[]) => {
      const [one, two] = [400 * meanMs(AMERICANS, first), 400 * meanMs(INDIANS, both)];
      return Math.max(one / (optima[0] as number), (one + two) / (optima[1] as number));
    };
    const keepsNone = worstEnd(all, all);
    const keepsOne = worstEnd(all.slice(0, 3), [...all.slice(0, 3), 'ap-south-1']);
    expect(ratio).toBeGreaterThan(1.2);
    expect(ratio).toBeLessThanOrEqual(Math.min(keepsNone, keepsOne));
  });

  it('is above 1.5 for two poles of which Europe wakes up first', () => {
    const crowd = crowdOf(AUDIENCES['two poles'] as object, 1000);
    const [europe, america] = ['eu-', 'us-'].map((name) => crowd.filter((viewer) => viewer.startsWith(name)));
    const waves = [waveOf(europe as MediaRegion[]), waveOf(america as MediaRegion[])];
    expect(boundOf({ waves, ends: [true, true] }).ratio).toBeGreaterThan(1.5);
  });
});

describe('the order of arrival in which time zones wake up', () => {
  it('has the same viewers as the crowd, for any zone where it begins', () => {
    const crowd = crowdOf(AUDIENCES.uniform as object, 200);
    for (let seed = 0; seed < 9; seed++)
      expect(asZonesWake(crowd, seed).toSorted()).toEqual(crowd.toSorted());
  });
});

describe('placement in the bench, with four replicas and without a forecast', () => {
  const ORDERS = [5000, 5001, 5002, 5003, 5004, 5005].slice(0, isSoak ? 6 : 2);
  const timesTheOptimum = (shares: object, inOrder = inRandomOrder) => {
    const crowd = crowdOf(shares, 1000);
    const means = ORDERS.map((seed) => {
      const balcony = new Balcony({ most: 4, seats: 100_000 });
      const rtts = inOrder(crowd, seed).map((viewer) => balcony.seat(viewer, 0.5));
      return rtts.reduce((sum, ms) => sum + ms, 0) / crowd.length;
    });
    return means.reduce((sum, ms) => sum + ms, 0) / ORDERS.length / optimumOf(crowd, 4).meanRttMs;
  };
  const meanOverAll = (inOrder: typeof inRandomOrder) => {
    const all = Object.values({ ...AUDIENCES, ...UNSEEN }).map((shares) => timesTheOptimum(shares, inOrder));
    return all.reduce((sum, each) => sum + each, 0) / all.length;
  };

  it('is within 1.22 of the optimum on average over all audiences, in orders that chose no constant', () => {
    expect(meanOverAll(inRandomOrder)).toBeLessThan(1.22);
  });

  it('is within 2.1 of the optimum on average over all audiences in bursts of 25 viewers from one media region', () => {
    expect(meanOverAll(inBursts)).toBeLessThan(2.1);
  });
});
