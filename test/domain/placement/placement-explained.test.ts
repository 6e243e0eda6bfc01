import { MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import type { Viewer } from '../../../lib/domain/placement/decision.ts';
import { explainPlacement } from '../../../lib/domain/placement/explain-placement.ts';
import { placeViewer } from '../../../lib/domain/placement/placement.ts';
import { recordOf } from '../../../lib/domain/placement/placement-record.ts';
import fc from '../../support/random/property.ts';
import {
  abandoned,
  drained,
  NOW,
  opening,
  options,
  primary,
  replica,
  topology,
  viewerIn,
} from '../../support/topologies.ts';

const anyRegion = fc.constantFrom(...MEDIA_REGIONS);
const anyTopology = fc
  .tuple(
    fc.array(
      fc.record({
        mediaRegion: anyRegion,
        state: fc.constantFrom('open' as const, 'open' as const, 'claimed' as const),
        lease: fc.record({ owner: fc.constant('x'), until: fc.integer({ min: NOW - 2, max: NOW + 2 }) }),
        failedAt: fc.integer({ min: NOW - 20_000, max: NOW }),
        filling: fc.boolean(),
        soldOut: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
    fc.integer({ min: 0, max: 14 }),
    fc.option(fc.uniqueArray(anyRegion, { minLength: 1, maxLength: 6 })),
    fc.uniqueArray(anyRegion, { maxLength: 3 }),
  )
  .map(([replicas, maxReplicas, rule, drains]) =>
    topology(
      primary(),
      options({ maxReplicas, ...(rule && { allowedMediaRegions: rule }) }),
      ...drains.map((mediaRegion) => drained(mediaRegion)),
      ...replicas.map(({ mediaRegion, failedAt, ...more }) =>
        replica(
          mediaRegion,
          more.state === 'claimed' && more.lease.until <= NOW ? { ...more, failedAt } : more,
        ),
      ),
    ),
  );
const anyViewer = fc
  .tuple(
    anyRegion,
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.dictionary(anyRegion, fc.integer({ min: 0, max: 60 })),
    fc.option(fc.dictionary(anyRegion, fc.integer({ min: 1, max: 2000 }), { minKeys: 1 }), {
      nil: undefined,
    }),
    fc.constantFrom({}, { inBursts: true as const }),
  )
  .map(([from, draw, arrivals, lastAudience, bursts]) =>
    viewerIn(from, {
      random: draw,
      demand: { arrivals, ...bursts, ...(lastAudience && { lastAudience }) },
    }),
  );

const record = (where: Topology, viewer: Viewer) =>
  recordOf(where, { ...viewer, demand: viewer.demand ?? { arrivals: {} } });

describe('the record of a placement', () => {
  it('gives the same decision again, also after a round trip through JSON', () => {
    fc.assert(
      fc.property(anyTopology, anyViewer, (where, viewer) => {
        const again = explainPlacement(JSON.parse(JSON.stringify(record(where, viewer)))).placement;
        const { replica: seat, ...first } = { replica: undefined, ...placeViewer(where, viewer) };
        const { replica: sameSeat, ...second } = { replica: undefined, ...again };
        expect([second, sameSeat?.ordinal]).toEqual([first, seat?.ordinal]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same decision again where the last audience decided it', () => {
    const lastAudience = { 'eu-central-1': 100, 'ap-northeast-1': 100, 'eu-north-1': 20 };
    const where = topology(primary(), options({ maxReplicas: 2 }));
    const viewer = viewerIn('eu-north-1', { demand: { arrivals: {}, lastAudience } });
    const { placement } = explainPlacement(record(where, viewer));
    expect(placement).toMatchObject({ kind: 'open', mediaRegion: 'eu-central-1' });
    expect(placement).toEqual(placeViewer(where, viewer));
  });

  it('stays small with forty replicas in six media regions, because each join pays for it by the kilobyte', () => {
    const regions = MEDIA_REGIONS.slice(0, 6);
    const forty = Array.from({ length: 40 }, (_, k) => replica(regions[k % 6] as MediaRegion));
    const arrivals = Object.fromEntries(MEDIA_REGIONS.map((mediaRegion) => [mediaRegion, 1234]));
    const where = topology(primary(), options({ maxReplicas: 40 }), ...forty);
    const bytes = (viewer: Viewer) => JSON.stringify(record(where, viewer)).length;
    expect(bytes(viewerIn('eu-west-1', { random: Math.PI / 4 }))).toBeLessThan(450);
    expect(bytes(viewerIn('eu-west-1', { random: Math.PI / 4, demand: { arrivals } }))).toBeLessThan(900);
    const recurring = { arrivals, lastAudience: arrivals };
    expect(bytes(viewerIn('eu-west-1', { random: Math.PI / 4, demand: recurring }))).toBeLessThan(1350);
  });

  it('names about ten candidates at most, with a reason for all but the chosen one', () => {
    fc.assert(
      fc.property(anyTopology, anyViewer, (where, viewer) => {
        const { placement, considered } = explainPlacement(record(where, viewer));
        const chosen = considered.filter(({ passedOver }) => !passedOver);
        expect(considered.length).toBeLessThanOrEqual(11);
        if (placement.kind === 'seat') expect(chosen).toMatchObject([{ ordinal: placement.replica.ordinal }]);
        else if (placement.kind !== 'open') expect(chosen).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the reason why a candidate was not chosen', () => {
  it('is recorded for each candidate', () => {
    const where = topology(
      primary(),
      options({
        maxReplicas: 8,
        allowedMediaRegions: ['eu-west-1', 'eu-west-2', 'eu-central-1', 'us-east-1'],
      }),
      ...[replica('eu-west-1', { soldOut: true }), replica('eu-west-2'), replica('eu-central-1')],
      ...[
        opening('eu-west-1'),
        replica('eu-west-3'),
        replica('eu-west-2', { filling: true }),
        replica('eu-west-2'),
      ],
    );
    const { considered } = explainPlacement(record(where, viewerIn('eu-west-1')));
    expect(
      Object.fromEntries(considered.map((each) => ['ordinal' in each && each.ordinal, each.passedOver])),
    ).toEqual({
      0: 'sold-out',
      1: undefined,
      2: 'farther',
      3: 'being-opened',
      4: 'not-allowed',
      5: 'filling',
      6: 'lot',
    });
  });

  it('distinguishes a replica that is being opened from one whose lease expired', () => {
    const where = topology(primary(), replica('eu-west-1'), opening('eu-west-2'), abandoned('eu-west-2'));
    const { considered } = explainPlacement(record(where, viewerIn('eu-west-1')));
    expect(considered.slice(1, 3).map(({ passedOver }) => passedOver)).toEqual([
      ...['being-opened', 'unfinished'],
    ]);
  });

  it('shows the time that a new replica would have saved, and its price', () => {
    const where = topology(
      primary(),
      replica('us-east-1'),
      replica('eu-central-1'),
      replica('ap-northeast-1'),
    );
    const arrivals = {
      'us-east-1': 3,
      'eu-central-1': 2,
      'ap-northeast-1': 1,
      'af-south-1': 1,
    };
    const { considered } = explainPlacement(record(where, viewerIn('af-south-1', { demand: { arrivals } })));
    const offer = considered.find((each) => 'priceMs' in each);
    expect(offer).toMatchObject({ passedOver: 'not-paid' });
    expect(offer && 'priceMs' in offer && offer.priceMs > offer.sparesMs).toBe(true);
  });
});
