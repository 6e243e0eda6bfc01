import { ALL_MEDIA_REGIONS, MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { isNearby } from '../../../lib/domain/geo/rtt.ts';
import { isLeaseExpired, type Replica, type Topology } from '../../../lib/domain/meeting/topology.ts';
import { allowedMediaRegions, type Placement } from '../../../lib/domain/placement/decision.ts';
import { placeViewer } from '../../../lib/domain/placement/placement.ts';
import { remainingReplicas } from '../../../lib/domain/placement/remaining-replicas.ts';
import fc from '../../support/random/property.ts';
import { NOW, options, primary, replica, topology, viewerIn } from '../../support/topologies.ts';

const anyRegion = fc.constantFrom(...MEDIA_REGIONS);

const anyReplica: fc.Arbitrary<Partial<Replica> & { mediaRegion: MediaRegion }> = fc.record({
  mediaRegion: anyRegion,
  state: fc.constantFrom('open', 'open', 'claimed'),
  lease: fc.record({ owner: fc.constant('x'), until: fc.integer({ min: NOW - 2, max: NOW + 2 }) }),
  filling: fc.boolean(),
  soldOut: fc.boolean(),
});

const anyTopology: fc.Arbitrary<Topology> = fc
  .record({
    replicas: fc.array(anyReplica, { maxLength: 6 }),
    rule: fc.option(fc.uniqueArray(anyRegion, { minLength: 1, maxLength: 6 })),
    maxReplicas: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ replicas, rule, maxReplicas }) =>
    topology(
      primary(),
      options({ maxReplicas, ...(rule && { allowedMediaRegions: rule }) }),
      ...replicas.map(({ mediaRegion, ...more }) => replica(mediaRegion, more)),
    ),
  );

const anyViewer = fc
  .record({
    from: fc.constantFrom(...ALL_MEDIA_REGIONS),
    draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  .map(({ from, draw }) => viewerIn(from, { random: draw }));

const regionOf = (placed: Placement): MediaRegion | undefined =>
  placed.kind === 'seat'
    ? placed.replica.mediaRegion
    : placed.kind === 'open'
      ? placed.mediaRegion
      : undefined;

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

const holds = (fact: (where: Topology, placed: Placement) => void) =>
  fc.assert(
    fc.property(anyTopology, anyViewer, (where, viewer) => fact(where, placeViewer(where, viewer))),
    { numRuns: 1000 },
  );

describe('placement in any topology', () => {
  it('stays within the allowed media regions', () => {
    holds((where, placed) => {
      const mediaRegion = regionOf(placed);
      if (mediaRegion) expect(allowedMediaRegions(where, 'us-east-1')).toContain(mediaRegion);
    });
  });

  it('gives a seat only in an open replica that has room', () => {
    holds((_, placed) => {
      if (placed.kind !== 'seat') return;
      expect(placed.replica.state).toBe('open');
      expect(placed.replica.soldOut).toBe(false);
    });
  });

  it('opens a new ordinal, or takes over an expired one in its media region, within the limit', () => {
    holds((where, placed) => {
      if (placed.kind !== 'open') return;
      const there = where.replicas.find(({ ordinal }) => ordinal === placed.ordinal);
      if (placed.reason === 'unfinished') expect(there?.state).toBe('claimed');
      else expect(remainingReplicas(where, NOW)).toBeGreaterThan(0);
      const isUnfinishedThere = isLeaseExpired(there, NOW) && there?.mediaRegion === placed.mediaRegion;
      if (there) expect(isUnfinishedThere).toBe(true);
    });
  });

  it('is full only without room, without a replica being opened, and with none left', () => {
    holds((where, placed) => {
      if (placed.kind !== 'full') return;
      const allowed = allowedMediaRegions(where, 'us-east-1');
      const legal = where.replicas.filter(({ mediaRegion }) => allowed.includes(mediaRegion));
      expect(legal.filter(({ state, soldOut }) => state === 'open' && !soldOut)).toEqual([]);
      expect(legal.filter(({ state }) => state === 'claimed')).toEqual([]);
      expect(remainingReplicas(where, NOW)).toBe(0);
    });
  });

  it('is deterministic, and does not change its input', () => {
    fc.assert(
      fc.property(anyTopology, anyViewer, (where, viewer) => {
        const [frozen, before] = [deepFreeze(where), structuredClone(where)];
        expect(placeViewer(frozen, deepFreeze(viewer))).toEqual(placeViewer(before, viewer));
        expect(frozen).toEqual(before);
      }),
    );
  });
});

describe('viewers one after another', () => {
  it('are spread over equal replicas', () => {
    const three = topology(primary(), replica('eu-west-1'), replica('eu-west-1'), replica('eu-west-1'));
    const drawn = Array.from({ length: 300 }, (_, k) => {
      const placed = placeViewer(three, viewerIn('eu-west-1', { random: k / 300 }));
      return placed.kind === 'seat' ? placed.replica.ordinal : -1;
    });
    const times = [0, 1, 2].map((ordinal) => drawn.filter((each) => each === ordinal).length);
    expect(times).toEqual([100, 100, 100]);
  });

  /** Regions no two of which are near each other. */
  const fourGroups = fc
    .uniqueArray(anyRegion, { minLength: 4, maxLength: 4 })
    .filter((four) => four.every((a) => four.every((b) => a === b || !isNearby(a, b))));

  it('from four continents do not use up a quota of four', () => {
    fc.assert(
      fc.property(fourGroups, (four) => {
        const after = four.reduce((where, from) => {
          const placed = placeViewer(where, viewerIn(from));
          return placed.kind === 'open' ? replica(placed.mediaRegion)(where) : where;
        }, topology(primary()));
        expect(after.replicas.length).toBeGreaterThan(0);
        expect(remainingReplicas(after, NOW)).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});
