import { ALL_MEDIA_REGIONS, MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { isNearby, nearestFirst, rttMs } from '../../../lib/domain/geo/rtt.ts';
import fc from '../../support/random/property.ts';

const anyRegion = fc.constantFrom(...ALL_MEDIA_REGIONS);

describe('round trips between media regions', () => {
  it('are known for every pair, and match the published table', () => {
    const pairs = MEDIA_REGIONS.flatMap((a, i) => MEDIA_REGIONS.slice(i + 1).map((b) => rttMs(a, b)));
    expect(pairs).toHaveLength(153);
    expect([Math.min(...pairs), Math.max(...pairs)]).toEqual([11, 409]);
    expect(pairs.reduce((a, b) => a + b)).toBe(23_321);
  });

  it.each([
    ['us-east-1', 'us-east-2', 16],
    ['eu-west-2', 'eu-west-3', 11],
    ['ap-southeast-2', 'af-south-1', 409],
    ['ap-northeast-2', 'ap-northeast-1', 36],
    ['sa-east-1', 'ap-south-1', 301],
    ['il-central-1', 'eu-south-1', 50],
    ['us-gov-west-1', 'us-gov-east-1', 51],
    ['us-gov-west-1', 'us-west-1', 22],
  ] as const)('are as measured: %s to %s takes %i ms', (a, b, ms) => {
    expect(rttMs(a, b)).toBe(ms);
  });

  it('do not follow distance: São Paulo has a shorter round trip to Virginia than to Cape Town, and Sydney to California', () => {
    expect(rttMs('sa-east-1', 'us-east-1')).toBeLessThan(rttMs('sa-east-1', 'af-south-1'));
    expect(rttMs('ap-southeast-2', 'us-west-1')).toBeLessThan(rttMs('ap-southeast-2', 'af-south-1'));
  });

  it('are symmetric, 1 within a region and more between any two that are measured', () => {
    fc.assert(
      fc.property(anyRegion, anyRegion, (a, b) => {
        expect(rttMs(a, b)).toBe(rttMs(b, a));
        expect(rttMs(a, a)).toBe(1);
        if (a !== b && !`${a}${b}`.includes('gov')) expect(rttMs(a, b)).toBeGreaterThan(10);
      }),
    );
  });

  it('rank an unmeasured region behind all others', () => {
    expect(rttMs('us-east-1', 'mars-north-1' as MediaRegion)).toBe(500);
  });
});

describe('media regions within 40 ms of each other', () => {
  it('form four groups; the other five stand alone', () => {
    const groups = new Set(MEDIA_REGIONS.map((a) => MEDIA_REGIONS.filter((b) => isNearby(a, b)).join(' ')));
    expect([...groups]).toEqual([
      'us-east-1 us-east-2 ca-central-1',
      'us-west-1 us-west-2',
      'sa-east-1',
      'eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 eu-south-1',
      'af-south-1',
      'ap-south-1',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-northeast-1 ap-northeast-2',
    ]);
  });
});

describe('ranking media regions', () => {
  it('begins with the region itself and ends with the farthest', () => {
    const ranked = nearestFirst('ap-southeast-2', MEDIA_REGIONS);
    expect(ranked.slice(0, 3)).toEqual(['ap-southeast-2', 'ap-southeast-1', 'ap-northeast-1']);
    expect(ranked.at(-1)).toBe('af-south-1');
  });

  it('keeps the order of equals', () => {
    expect(nearestFirst('us-east-1', ['us-west-2', 'us-west-1'])).toEqual(['us-west-2', 'us-west-1']);
    expect(nearestFirst('us-east-1', ['us-west-1', 'us-west-2'])).toEqual(['us-west-1', 'us-west-2']);
  });

  it('gives the same regions sorted by round trip, and does not change its input', () => {
    fc.assert(
      fc.property(anyRegion, fc.array(anyRegion), (from, regions) => {
        const given = [...regions];
        const ranked = nearestFirst(from, regions);
        expect(regions).toEqual(given);
        expect(ranked.toSorted()).toEqual(given.toSorted());
        const trips = ranked.map((region) => rttMs(from, region));
        expect(trips).toEqual(trips.toSorted((x, y) => x - y));
      }),
    );
  });
});

describe('the best places for k meetings, for an audience evenly over all media regions', () => {
  it.each([
    [1, 'eu-west-1', 107.6, 256],
    [2, 'eu-west-2 ap-northeast-1', 67.7, 187],
    [3, 'us-east-2 eu-west-3 ap-southeast-1', 45.5, 146],
    [4, 'us-east-2 eu-central-1 af-south-1 ap-southeast-1', 37.2, 126],
  ])('for %i: %s, %f ms on average and %i at worst', (k, names, mean, worst) => {
    const best = subsets(MEDIA_REGIONS, k).reduce((a, b) => (meanOf(b) < meanOf(a) ? b : a));
    expect(best.join(' ')).toBe(names);
    expect(meanOf(best)).toBeCloseTo(mean, 1);
    expect(Math.max(...trips(best))).toBe(worst);
  });
});

function subsets<T>(items: readonly T[], k: number): T[][] {
  if (k === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), k - 1).map((rest) => [item, ...rest]));
}

/** The round trip from each media region to the nearest of these. 0 where it is one of them. */
function trips(chosen: readonly MediaRegion[]): number[] {
  return MEDIA_REGIONS.map((from) => Math.min(...chosen.map((to) => (from === to ? 0 : rttMs(from, to)))));
}

function meanOf(chosen: readonly MediaRegion[]): number {
  return trips(chosen).reduce((a, b) => a + b, 0) / MEDIA_REGIONS.length;
}
