import {
  ALL_MEDIA_REGIONS,
  CONTROL_REGIONS,
  isMediaRegion,
  MEDIA_REGIONS,
  mayHost,
  mediaRegionsOf,
} from '../../../lib/domain/geo/media-regions.ts';
import fc from '../../support/random/property.ts';

describe('the regions of Chime meetings', () => {
  it('are 18 commercial regions, and three that stand apart', () => {
    expect(new Set(MEDIA_REGIONS).size).toBe(18);
    expect(new Set(ALL_MEDIA_REGIONS).size).toBe(21);
    expect(MEDIA_REGIONS).not.toContain('il-central-1');
  });

  it('include 14 control regions', () => {
    expect(new Set(CONTROL_REGIONS).size).toBe(14);
    for (const controlRegion of CONTROL_REGIONS) expect(mayHost(controlRegion, controlRegion)).toBe(true);
  });

  it('are distinguished from any other text', () => {
    for (const mediaRegion of ALL_MEDIA_REGIONS) expect(isMediaRegion(mediaRegion)).toBe(true);
    for (const other of ['me-central-1', 'US-EAST-1', '', ' us-east-1', undefined, null, 7, ['us-east-1']])
      expect(isMediaRegion(other)).toBe(false);
  });
});

describe('hosting through a control region', () => {
  it('reaches every commercial media region from an ordinary one, and no other', () => {
    expect(mediaRegionsOf('us-east-1')).toEqual(MEDIA_REGIONS);
    expect(mayHost('eu-central-1', 'af-south-1')).toBe(true);
    expect(mayHost('eu-central-1', 'il-central-1')).toBe(false);
    expect(mayHost('us-east-1', 'us-gov-west-1')).toBe(false);
  });

  it.each(['af-south-1', 'il-central-1'])('stays at home in %s', (home) => {
    expect(mediaRegionsOf(home)).toEqual([home]);
    expect(mayHost(home, 'eu-west-2')).toBe(false);
  });

  it.each(['us-gov-east-1', 'us-gov-west-1'])(
    'stays in the government partition from %s',
    (controlRegion) => {
      expect(mediaRegionsOf(controlRegion)).toEqual(['us-gov-east-1', 'us-gov-west-1']);
    },
  );

  it.each(['eu-west-1', 'sa-east-1', 'me-central-1', 'us-gov-', ''])('is not possible from %p', (region) => {
    expect(mediaRegionsOf(region)).toEqual([]);
  });

  it('is allowed in 186 pairs: ten control regions reach all 18 commercial ones, two only themselves, two the government’s', () => {
    const pairs = CONTROL_REGIONS.flatMap((control) =>
      ALL_MEDIA_REGIONS.filter((media) => mayHost(control, media)).map((media) => [control, media]),
    );
    expect(pairs).toHaveLength(10 * 18 + 2 + 2 * 2);
    const isOfGovernment = (region = '') => region.startsWith('us-gov-');
    for (const [control, media] of pairs) expect(isOfGovernment(control)).toBe(isOfGovernment(media));
  });

  it('is refused where either is no region, for any text', () => {
    const known = fc.constantFrom<string>(...ALL_MEDIA_REGIONS, ...CONTROL_REGIONS);
    const unknown = fc.string().filter((text) => !isMediaRegion(text));
    fc.assert(
      fc.property(known, unknown, (region, text) => {
        expect([mayHost(region, text), mayHost(text, region)]).toEqual([false, false]);
      }),
    );
  });
});
