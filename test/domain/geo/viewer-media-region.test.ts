import type { ViewerLocation } from '../../../lib/context.ts';
import { ALL_MEDIA_REGIONS, MEDIA_REGIONS } from '../../../lib/domain/geo/media-regions.ts';
import { viewerMediaRegion } from '../../../lib/domain/geo/viewer-media-region.ts';
import fc from '../../support/random/property.ts';

const at = (latitude: number, longitude: number): ViewerLocation => ({ latitude, longitude });

describe('a viewer whose coordinates are known', () => {
  it.each([
    ['Berlin', at(52.5, 13.4), 'eu-central-1'],
    ['New York', at(40.7, -74.0), 'us-east-1'],
    ['Vancouver', at(49.3, -123.1), 'us-west-2'],
    ['Buenos Aires', at(-34.6, -58.4), 'sa-east-1'],
    ['Auckland', at(-36.8, 174.8), 'ap-southeast-2'],
    ['Johannesburg', at(-26.2, 28.0), 'af-south-1'],
    ['Suva, across the date line', at(-18.1, -179.9), 'ap-southeast-2'],
  ])('in %s gets the nearest media region', (_city, location, mediaRegion) => {
    expect(viewerMediaRegion(location, MEDIA_REGIONS)).toBe(mediaRegion);
  });

  it.each([
    ['Dubai', at(25.2, 55.3), 'ap-south-1'],
    ['Calgary', at(51.0, -114.1), 'us-west-2'],
    ['Mexico City', at(19.4, -99.1), 'us-east-2'],
    ['Hong Kong', at(22.3, 114.2), 'ap-southeast-1'],
    ['Taipei', at(25.0, 121.6), 'ap-northeast-1'],
    ['Melbourne', at(-37.8, 145.0), 'ap-southeast-2'],
    ['Tel Aviv', at(32.1, 34.8), 'eu-south-1'],
    ['Cairo', at(30.0, 31.2), 'eu-south-1'],
    ['Lagos', at(6.5, 3.4), 'eu-west-3'],
  ])('in %s gets the media region with the shortest network path', (_city, location, mediaRegion) => {
    expect(viewerMediaRegion(location, MEDIA_REGIONS)).toBe(mediaRegion);
  });

  it('is placed by coordinates before the country, near a region of AWS', () => {
    const inLosAngeles = { ...at(34.1, -118.2), country: 'US' };
    expect(viewerMediaRegion(inLosAngeles, MEDIA_REGIONS)).toBe('us-west-1');
  });

  it.each([
    ['Almaty', { ...at(43.2, 76.9), country: 'KZ' }, 'eu-central-1'],
    ['Bogotá', { ...at(4.7, -74.1), country: 'CO' }, 'us-east-1'],
    ['Nairobi', { ...at(-1.3, 36.8), country: 'KE' }, 'af-south-1'],
    ['Ürümqi', { ...at(43.8, 87.6), country: 'CN' }, 'ap-northeast-1'],
  ])('is placed by the country in %s, too far from any region of AWS', (_city, location, mediaRegion) => {
    expect(viewerMediaRegion(location, MEDIA_REGIONS)).toBe(mediaRegion);
  });

  it.each([
    ['Honolulu', at(21.3, -157.9), 'us-west-1'],
    ['Anchorage', at(61.2, -149.9), 'us-west-2'],
  ])('does not get the East Coast in %s', (_city, location, mediaRegion) => {
    expect(viewerMediaRegion({ ...location, country: 'US' }, MEDIA_REGIONS)).toBe(mediaRegion);
  });

  it('is placed by coordinates, however far from AWS, when the country is unknown', () => {
    expect(viewerMediaRegion({ ...at(-1.3, 36.8), country: 'ZZ' }, MEDIA_REGIONS)).toBe('ap-south-1');
  });

  it.each([
    ['not a number', { latitude: Number.NaN, longitude: 13.4 }],
    ['infinite', { latitude: 52.5, longitude: Number.POSITIVE_INFINITY }],
    ['beyond the pole', at(90.1, 13.4)],
    ['beyond the date line', at(52.5, -180.1)],
    ['half of a pair', { latitude: 52.5 }],
  ])('is placed by the country when the coordinates are %s', (_what, location) => {
    expect(viewerMediaRegion({ ...location, country: 'JP' }, MEDIA_REGIONS)).toBe('ap-northeast-1');
    expect(viewerMediaRegion(location, MEDIA_REGIONS)).toBeUndefined();
  });
});

describe('a viewer with a known country only', () => {
  it('gets the media region that serves the country', () => {
    expect(viewerMediaRegion({ country: 'BR' }, MEDIA_REGIONS)).toBe('sa-east-1');
  });

  it('gets no media region when the country is none', () => {
    expect(viewerMediaRegion({ country: 'ZZ' }, MEDIA_REGIONS)).toBeUndefined();
    expect(viewerMediaRegion({}, MEDIA_REGIONS)).toBeUndefined();
  });
});

describe('a viewer far from the allowed media regions', () => {
  it('gets the one with the shortest round trip, not the shortest distance', () => {
    expect(viewerMediaRegion({ country: 'BR' }, ['af-south-1', 'us-east-1'])).toBe('us-east-1');
    expect(viewerMediaRegion(at(-33.9, 151.2), ['af-south-1', 'us-west-1'])).toBe('us-west-1');
  });

  it('gets the nearest one where it is allowed, also a rare one', () => {
    expect(viewerMediaRegion({ country: 'IL' }, ALL_MEDIA_REGIONS)).toBe('il-central-1');
    expect(viewerMediaRegion({ country: 'IL' }, MEDIA_REGIONS)).toBe('eu-south-1');
    expect(viewerMediaRegion({ country: 'US' }, ['us-gov-west-1', 'us-gov-east-1'])).toBe('us-gov-east-1');
  });

  it('gets none when nothing is allowed', () => {
    expect(viewerMediaRegion({ country: 'BR' }, [])).toBeUndefined();
  });
});

describe('any viewer at all', () => {
  const junk = fc.record(
    { latitude: fc.anything(), longitude: fc.anything(), country: fc.anything() },
    { requiredKeys: [] },
  ) as fc.Arbitrary<ViewerLocation>;
  const allowedRegions = fc.subarray([...ALL_MEDIA_REGIONS]);

  it('gets an allowed media region or none, whatever the location headers say', () => {
    fc.assert(
      fc.property(junk, allowedRegions, (location, allowed) => {
        expect([undefined, ...allowed]).toContain(viewerMediaRegion(location, allowed));
      }),
    );
  });

  it('gets a media region anywhere on earth, if any is allowed', () => {
    const latitude = fc.double({ min: -90, max: 90, noNaN: true });
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(latitude, longitude, (lat, lon) => {
        expect(MEDIA_REGIONS).toContain(viewerMediaRegion(at(lat, lon), MEDIA_REGIONS));
      }),
    );
  });
});
