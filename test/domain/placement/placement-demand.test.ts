import { MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { isNearby } from '../../../lib/domain/geo/rtt.ts';
import type { Replica, Topology } from '../../../lib/domain/meeting/topology.ts';
import { type Tally, weightsOf } from '../../../lib/domain/placement/demand.ts';
import { seeded } from '../../../lib/domain/placement/dirichlet.ts';
import { likelyAudiences } from '../../../lib/domain/placement/kinds-of-audience.ts';
import { offersOf } from '../../../lib/domain/placement/offers.ts';
import { isReviewTicket, openAhead } from '../../../lib/domain/placement/open-ahead.ts';
import { outlooksOf } from '../../../lib/domain/placement/outlook.ts';
import { placeViewer } from '../../../lib/domain/placement/placement.ts';
import { bestPlan, costOf, reachOf } from '../../../lib/domain/placement/plan.ts';
import { remainingReplicas } from '../../../lib/domain/placement/remaining-replicas.ts';
import fc from '../../support/random/property.ts';
import { NOW, opening, options, primary, replica, topology, viewerIn } from '../../support/topologies.ts';

const anyRegion = fc.constantFrom(...MEDIA_REGIONS);
const place = (where: Topology, from: MediaRegion, arrivals: Tally, forecast?: Tally) =>
  placeViewer(where, viewerIn(from, { demand: { arrivals, ...(forecast && { forecast }) } }));
const opens = (mediaRegion: MediaRegion) => ({ kind: 'open', mediaRegion, reason: 'worth-opening' });

describe('placement by the observed audience', () => {
  const two = topology(primary(), replica('us-east-1'), replica('eu-central-1'));
  const three = topology(primary(), replica('us-east-1'), replica('eu-central-1'), replica('ap-northeast-1'));

  it('seats a lone viewer from overseas in an existing replica while little is known, or if one replica is left', () => {
    for (const from of ['ap-southeast-2', 'sa-east-1', 'af-south-1'] as const) {
      const seated = { reason: 'nearest-with-room' };
      expect(place(two, from, { 'us-east-1': 2, 'eu-central-1': 2 })).toMatchObject(seated);
      const came = { 'us-east-1': 300, 'eu-central-1': 300, 'ap-northeast-1': 300 };
      expect(place(three, from, came)).toMatchObject(seated);
    }
  });

  it('opens a replica for the first viewer overseas, if many viewers came and all from two places', () => {
    const came = { 'us-east-1': 300, 'eu-central-1': 300 };
    expect(place(two, 'ap-southeast-2', came)).toMatchObject(opens('ap-southeast-2'));
  });

  it('opens a replica for the second viewer of each of three offices', () => {
    const one = topology(primary(), replica('us-west-2'));
    expect(place(one, 'eu-west-1', { 'us-west-2': 2, 'eu-west-1': 1 })).toMatchObject(opens('eu-west-1'));
  });

  it('opens a replica overseas when other viewers came from there before', () => {
    const came = { 'us-east-1': 30, 'eu-central-1': 30, 'ap-southeast-2': 5 };
    expect(place(two, 'ap-southeast-2', came)).toMatchObject(opens('ap-southeast-2'));
  });

  it('opens the last replica for forty viewers overseas, and not for two among viewers from everywhere', () => {
    const came = { 'us-east-1': 100, 'eu-central-1': 100, 'ap-northeast-1': 100 };
    expect(place(three, 'sa-east-1', { ...came, 'sa-east-1': 40 })).toMatchObject(opens('sa-east-1'));
    const few = { 'us-east-1': 3, 'eu-central-1': 2, 'ap-northeast-1': 1, 'ap-south-1': 1, 'af-south-1': 1 };
    expect(place(three, 'af-south-1', few)).toMatchObject({ reason: 'nearest-with-room' });
  });

  it('opens at once where many replicas are left', () => {
    const many = topology(primary(), options({ maxReplicas: 40 }), replica('us-east-1'));
    expect(place(many, 'ap-northeast-1', { 'us-east-1': 9 })).toMatchObject(opens('ap-northeast-1'));
  });

  it('opens in the middle of a group, not at its last viewer', () => {
    const where = topology(primary(), replica('us-east-1'));
    const came = { 'us-east-1': 40, 'eu-central-1': 20, 'eu-west-3': 9, 'eu-west-2': 9, 'eu-north-1': 1 };
    expect(place(where, 'eu-north-1', came)).toMatchObject(opens('eu-central-1'));
  });

  it('never opens for a viewer who is near a seat', () => {
    expect(place(two, 'eu-north-1', { 'eu-north-1': 100 })).toMatchObject({ kind: 'seat', reason: 'nearby' });
  });

  it('opens the first replica at its viewer', () => {
    const nothing = topology(primary());
    fc.assert(
      fc.property(anyRegion, (from) => expect(place(nothing, from, {})).toMatchObject({ mediaRegion: from })),
    );
  });
});

describe('placement by the forecast of the host', () => {
  const forecast = { 'eu-central-1': 500, 'ap-northeast-1': 500 };

  it('opens the first replica in a forecast region, the nearest to the viewer', () => {
    const two = topology(primary(), options({ maxReplicas: 2 }));
    expect(place(two, 'af-south-1', {}, forecast)).toMatchObject({ mediaRegion: 'eu-central-1' });
  });

  it('keeps replicas for forecast viewers who have not come yet', () => {
    const two = topology(primary(), options({ maxReplicas: 2 }), replica('eu-central-1'));
    const came = { 'eu-central-1': 20, 'us-east-1': 6 };
    expect(place(two, 'us-east-1', came, forecast)).toMatchObject({ kind: 'seat' });
    expect(place(two, 'us-east-1', { ...came, 'us-east-1': 20 })).toMatchObject(opens('us-east-1'));
  });

  it('trusts a large observed audience more than the forecast', () => {
    const two = topology(primary(), options({ maxReplicas: 2 }), replica('eu-central-1'));
    expect(place(two, 'us-east-1', { 'eu-central-1': 20, 'us-east-1': 400 }, forecast)).toMatchObject(
      opens('us-east-1'),
    );
  });
});

describe('four viewers from four continents', () => {
  const fourGroups = fc
    .uniqueArray(anyRegion, { minLength: 4, maxLength: 4 })
    .filter((four) => four.every((a) => four.every((b) => a === b || !isNearby(a, b))));

  it('do not use up a quota of four', () => {
    fc.assert(
      fc.property(fourGroups, (four) => {
        let [where, arrivals] = [topology(primary()), {} as Tally];
        for (const from of four) {
          const placed = place(where, from, arrivals);
          if (placed.kind === 'open') where = replica(placed.mediaRegion)(where);
          arrivals = { ...arrivals, [from]: 1 };
        }
        expect(remainingReplicas(where, NOW)).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the check whether another replica is due', () => {
  const look = (where: Topology, arrivals: Tally, filling?: Replica) =>
    openAhead(where, {
      demand: { arrivals },
      controlRegion: 'us-east-1',
      now: NOW,
      ...(filling && { filling }),
    });
  const one = topology(primary(), replica('us-east-1'));

  it('runs at the fourth ticket of a replica and at every eighth after it', () => {
    expect([...Array(30).keys()].filter(isReviewTicket)).toEqual([3, 11, 19, 27]);
  });

  it('opens one for many viewers at medium distance', () => {
    expect(look(one, { 'us-east-1': 60, 'us-west-2': 30, 'ca-central-1': 5 })).toMatchObject(
      opens('us-west-2'),
    );
  });

  it('opens none when all viewers are in their preferred region', () => {
    expect(look(one, { 'us-east-1': 60 })).toBeUndefined();
  });

  it('opens none while one is being opened, or with none left', () => {
    const came = { 'us-east-1': 60, 'us-west-2': 60 };
    expect(look(topology(primary(), replica('us-east-1'), opening('us-west-2')), came)).toBeUndefined();
    expect(
      look(topology(primary(), options({ maxReplicas: 1 }), replica('us-east-1')), came),
    ).toBeUndefined();
  });

  it('opens beside a filling replica at its audience, not at the replica', () => {
    const where = topology(primary(), replica('eu-south-1', { filling: true }));
    expect(look(where, { 'eu-south-1': 1, 'eu-west-2': 199 }, where.replicas[0])).toMatchObject(
      opens('eu-west-2'),
    );
  });

  it('stays within the allowed media regions', () => {
    const rule = options({ allowedMediaRegions: ['eu-central-1', 'eu-west-1'] });
    const where = topology(primary(), rule, replica('eu-central-1', { filling: true }));
    expect(look(where, { 'us-east-1': 200 }, where.replicas[0])).toMatchObject({ mediaRegion: 'eu-west-1' });
  });
});

describe('the plan of replica regions', () => {
  it('is within 2 % of an exhaustive search over pairs, for 95 crowds in 100', () => {
    const next = seeded(7);
    const crowds = Array.from({ length: 200 }, () =>
      Object.fromEntries(MEDIA_REGIONS.map((region) => [region, Math.max(0, Math.floor(next() * 100) - 50)])),
    );
    const good = crowds.filter((crowd, at) => {
      const first = MEDIA_REGIONS[at % MEDIA_REGIONS.length] as MediaRegion;
      const [weights, reach] = [weightsOf(crowd), reachOf([first])];
      const pairs = MEDIA_REGIONS.flatMap((a) =>
        MEDIA_REGIONS.map((b) => costOf(weights, reachOf([first, a, b]))),
      );
      return bestPlan(weights, reach, { among: MEDIA_REGIONS, count: 2 }).cost <= Math.min(...pairs) * 1.02;
    });
    expect(good.length).toBeGreaterThanOrEqual(190);
  });

  it('prices a region higher the fewer replicas are left', () => {
    const arrivals = { 'us-east-1': 6, 'ap-northeast-1': 4, 'eu-west-2': 2, 'sa-east-1': 2 };
    const priceOf = (remaining: number) =>
      offersOf({
        standing: ['us-east-1', 'eu-west-2'],
        allowed: ['sa-east-1', 'ap-northeast-1'],
        remaining,
        demand: { arrivals },
      })[0]?.priceMs;
    expect(priceOf(1)).toBeGreaterThan(priceOf(2) as number);
  });

  it('samples the same futures for the same audiences, which differ less the more is known', () => {
    const spread = (scale: number) => {
      const outlooks = outlooksOf({ arrivals: { 'us-east-1': 3 * scale, 'eu-west-1': 2 * scale } });
      const shares = likelyAudiences(outlooks, 48).map((audience) => audience[0] as number);
      expect(likelyAudiences(outlooks, 48).map((audience) => audience[0])).toEqual(shares);
      return Math.max(...shares) - Math.min(...shares);
    };
    expect(spread(100)).toBeLessThan(spread(1) / 3);
  });
});
