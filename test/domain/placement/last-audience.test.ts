import { ALL_MEDIA_REGIONS, MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { demandOf, type Tally, totalOf } from '../../../lib/domain/placement/demand.ts';
import { type Kind, likelyAudiences } from '../../../lib/domain/placement/kinds-of-audience.ts';
import { lastAudienceAfter, trustIn } from '../../../lib/domain/placement/last-audience.ts';
import { outlooksOf } from '../../../lib/domain/placement/outlook.ts';
import { placeViewer } from '../../../lib/domain/placement/placement.ts';
import fc from '../../support/random/property.ts';
import { options, primary, replica, topology, viewerIn } from '../../support/topologies.ts';

const anyTally = fc.dictionary(fc.constantFrom(...ALL_MEDIA_REGIONS), fc.integer({ min: 1, max: 100_000 }));
const EUROPE: Tally = { 'eu-central-1': 120, 'eu-west-2': 60, 'eu-north-1': 20 };

describe('the last audience after a life', () => {
  it('is the arrivals of the first life', () => {
    expect(lastAudienceAfter(undefined, EUROPE)).toEqual(EUROPE);
  });

  it('halves the numbers of earlier lives, so that the last life weighs as much as all others together', () => {
    const weekly = (weeks: number) =>
      Array.from({ length: weeks }).reduce<Tally | undefined>(
        (before) => lastAudienceAfter(before, EUROPE),
        undefined,
      );
    expect(weekly(2)).toEqual({ 'eu-central-1': 180, 'eu-west-2': 90, 'eu-north-1': 30 });
    expect(totalOf(weekly(20) as Tally)).toBeLessThanOrEqual(2 * totalOf(EUROPE));
  });

  it('is unknown after a life without viewers, so that the recorded one stays', () => {
    expect(lastAudienceAfter(EUROPE, {})).toBeUndefined();
  });

  it('hardly changes by a life of three viewers, such as a rehearsal or an accident', () => {
    expect(lastAudienceAfter(EUROPE, { 'ap-south-1': 3 })).toEqual({
      ...{ 'eu-central-1': 60, 'eu-west-2': 30, 'eu-north-1': 10, 'ap-south-1': 3 },
    });
  });

  it('has at most 2,000 viewers from one media region, and forgets a region within eleven lives without it', () => {
    fc.assert(
      fc.property(fc.array(anyTally, { minLength: 1, maxLength: 30 }), (lives) => {
        let last: Tally | undefined;
        for (const life of lives) last = lastAudienceAfter(last, life) ?? last;
        for (const viewers of Object.values(last ?? {})) {
          expect(Number.isInteger(viewers)).toBe(true);
          expect(viewers).toBeGreaterThan(0);
          expect(viewers).toBeLessThanOrEqual(2000);
        }
        for (let life = 0; life < 11; life++) last = lastAudienceAfter(last, { 'us-west-1': 1 });
        expect(Object.keys(last ?? {})).toEqual(['us-west-1']);
      }),
    );
  });
});

describe('the trust in a last audience', () => {
  it('is three in five before the first viewer', () => {
    expect(trustIn(EUROPE, {})).toBeCloseTo(0.6);
  });

  it('grows with viewers who match it, and ends with viewers who do not', () => {
    expect(trustIn(EUROPE, { 'eu-central-1': 3, 'eu-west-2': 2 })).toBeGreaterThan(0.95);
    expect(trustIn(EUROPE, { 'ap-south-1': 2 })).toBeLessThan(0.1);
    expect(trustIn(EUROPE, { 'ap-south-1': 9, 'eu-central-1': 9 })).toBeLessThan(0.5);
    expect(trustIn(EUROPE, { 'ap-south-1': 200, 'us-east-1': 300 })).toBeLessThan(1e-6);
  });

  it('survives a single viewer from a new place among many known ones', () => {
    expect(trustIn(EUROPE, { 'eu-central-1': 12, 'eu-west-2': 6, 'ap-south-1': 1 })).toBeGreaterThan(0.9);
  });

  it('survives a burst of viewers from one known place', () => {
    expect(trustIn(EUROPE, { 'eu-central-1': 9, 'eu-west-2': 25 })).toBeGreaterThan(0.5);
  });

  it('is a probability, for any audience', () => {
    fc.assert(
      fc.property(anyTally, anyTally, (last, arrivals) => {
        const trust = trustIn(last, arrivals);
        expect(trust).toBeGreaterThanOrEqual(0);
        expect(trust).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the outlook with a last audience', () => {
  it('is without effect once the arrivals contradict it', () => {
    const arrivals = { 'ap-south-1': 40, 'ap-southeast-1': 30 };
    const [, ...others] = outlooksOf({ arrivals, lastAudience: EUROPE });
    expect(others).toEqual(
      outlooksOf({ arrivals }).map((kind) => ({ ...kind, probability: expect.closeTo(kind.probability) })),
    );
  });

  it('draws as many likely audiences of it as it is probable', () => {
    const [same, ...others] = outlooksOf({ arrivals: {}, lastAudience: EUROPE }) as [Kind, ...Kind[]];
    const likely = likelyAudiences([same, ...others], 40);
    expect(likely).toHaveLength(40);
    expect(likely.slice(0, 24)).toEqual(likelyAudiences([{ ...same, probability: 1 }], 24));
  });

  it('is replaced by the forecast of the host', () => {
    const forecast = { 'ap-south-1': 100 };
    expect(demandOf({ arrivals: {} }, { forecast, lastAudience: EUROPE })).toEqual({
      arrivals: {},
      forecast,
    });
    expect(demandOf({ arrivals: {} }, { lastAudience: EUROPE })).toEqual({
      arrivals: {},
      lastAudience: EUROPE,
    });
  });
});

describe('placement by the last audience', () => {
  const place = (where: Topology, from: MediaRegion, arrivals: Tally, lastAudience?: Tally) =>
    placeViewer(where, viewerIn(from, { demand: { arrivals, ...(lastAudience && { lastAudience }) } }));
  const two = topology(primary(), options({ maxReplicas: 2 }));
  const poles = { 'eu-central-1': 100, 'ap-northeast-1': 100, 'eu-north-1': 20 };

  it('opens the first replica in the middle of it, near its viewer', () => {
    expect(place(two, 'eu-north-1', {}, poles)).toMatchObject({ kind: 'open', mediaRegion: 'eu-central-1' });
  });

  it('opens the first replica at a viewer from a media region that it does not know', () => {
    for (const from of MEDIA_REGIONS.filter((each) => !(each in poles)))
      expect(place(two, from, {}, poles)).toMatchObject({ kind: 'open', mediaRegion: from });
  });

  it('keeps the last replica for the second centre, and opens it for the first viewer there', () => {
    const one = topology(primary(), options({ maxReplicas: 2 }), replica('eu-central-1'));
    const came = { 'eu-central-1': 20, 'us-east-1': 3 };
    expect(place(one, 'us-east-1', came, poles)).toMatchObject({ kind: 'seat' });
    const first = { 'eu-central-1': 9 };
    expect(place(one, 'ap-northeast-1', first, poles)).toMatchObject({
      kind: 'open',
      mediaRegion: 'ap-northeast-1',
    });
    expect(place(one, 'ap-northeast-1', first)).toMatchObject({ kind: 'seat' });
  });
});
