import { MEDIA_REGIONS } from '../../../lib/domain/geo/media-regions.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { drainProgress } from '../../../lib/domain/placement/drain-progress.ts';
import { type Evacuation, evacuationStep, type Seats } from '../../../lib/domain/placement/evacuation.ts';
import { openAhead } from '../../../lib/domain/placement/open-ahead.ts';
import { anotherBeside, placeViewer } from '../../../lib/domain/placement/placement.ts';
import fc from '../../support/random/property.ts';
import {
  cooling,
  drained,
  NOW,
  opening,
  options,
  primary,
  replica,
  topology,
  viewerIn,
} from '../../support/topologies.ts';

const EVACUATED = drained('eu-central-1', { evacuate: true });
const inFrankfurt = () => replica('eu-central-1');
const ALL_COOL = MEDIA_REGIONS.map((mediaRegion) => cooling(mediaRegion, NOW + 1000));

/** The next step where the replicas of these ordinals have these seats. */
function next(where: Topology, seats: Record<number, Partial<Seats>> = {}, more: Partial<Evacuation> = {}) {
  const known = Object.entries(seats).map(([n, one]) => [Number(n), { held: 0, free: 0, ...one }] as const);
  const homes = { 'eu-central-1': 100 };
  const usual = { controlRegion: 'us-east-1', now: NOW, seatsEach: 250, atOnce: 6, homes };
  return evacuationStep(where, { ...usual, seats: new Map(known), ...more });
}
const owes = (epoch: number, from: number, at = NOW) => ({ evacuate: true, owes: { epoch, from, at } });

describe('the next step of an evacuation', () => {
  it('is none without a replica there, and without evacuation', () => {
    expect(next(topology(primary(), EVACUATED, replica('us-east-1')))).toEqual({ kind: 'done' });
    expect(next(topology(primary(), drained('eu-central-1'), inFrankfurt()), { 0: { held: 3 } })).toEqual({
      kind: 'done',
    });
  });

  it('is none where every allowed media region is drained', () => {
    const where = topology(
      primary(),
      options({ allowedMediaRegions: ['eu-central-1'] }),
      EVACUATED,
      inFrankfurt(),
    );
    expect(next(where, { 0: { held: 3 } })).toEqual({ kind: 'done' });
  });

  it('opens as many replicas elsewhere as the viewers need, near their homes', () => {
    const where = topology(primary(), options({ maxReplicas: 8 }), EVACUATED, inFrankfurt(), inFrankfurt());
    const step = next(where, { 0: { held: 250 }, 1: { held: 250 } });
    expect(step).toMatchObject({ kind: 'open', openings: [{ ordinal: 2 }, { ordinal: 3 }] });
    const regions = step.kind === 'open' ? step.openings.map(({ mediaRegion }) => mediaRegion) : [];
    expect(new Set(regions).size).toBe(1);
    expect(regions).not.toContain('eu-central-1');
  });

  it('deletes the emptiest replica once enough seats are free elsewhere', () => {
    const where = topology(primary(), EVACUATED, inFrankfurt(), inFrankfurt(), replica('eu-west-3'));
    const step = next(where, { 0: { held: 100 }, 1: { held: 40 }, 2: { free: 140 } });
    expect(step).toMatchObject({ kind: 'retire', replica: { ordinal: 1 }, owes: false });
  });

  it('waits for replicas that are being opened elsewhere, and for media regions that cool down', () => {
    const seats = { 0: { held: 100 } };
    expect(next(topology(primary(), EVACUATED, inFrankfurt(), opening('eu-west-3')), seats)).toEqual({
      kind: 'wait',
    });
    expect(next(topology(primary(), EVACUATED, inFrankfurt(), ...ALL_COOL), seats)).toEqual({ kind: 'wait' });
  });

  it('waits for a replica that an earlier request is still opening there', () => {
    expect(next(topology(primary(), EVACUATED, opening('eu-central-1')))).toEqual({ kind: 'wait' });
  });

  it('deletes one before it is replaced where no further one is allowed, and then opens one before the next', () => {
    const limit = options({ maxReplicas: 2 });
    const full = { 0: { held: 250 }, 1: { held: 250 } };
    const both = topology(primary(), limit, EVACUATED, inFrankfurt(), inFrankfurt());
    expect(next(both, full)).toMatchObject({ kind: 'retire', owes: true });
    const one = {
      ...topology(primary(), limit, drained('eu-central-1', owes(1, 2)), inFrankfurt()),
      nextOrdinal: 2,
    };
    expect(next(one, full)).toMatchObject({ kind: 'open', openings: [{ ordinal: 2 }] });
    const replaced = topology(
      ...[primary(), limit, drained('eu-central-1', owes(1, 2)), inFrankfurt()],
      replica('eu-west-3', { ordinal: 2 }),
    );
    expect(next(replaced, { 0: { held: 250 }, 2: { free: 0 } })).toMatchObject({
      kind: 'retire',
      owes: true,
    });
  });

  it('still replaces the last replica that was deleted, but not one of an earlier epoch, or of minutes ago', () => {
    const having = (drain: object) => ({
      ...topology(primary(), drained('eu-central-1', drain)),
      nextOrdinal: 1,
    });
    expect(next(having(owes(1, 1)))).toMatchObject({ kind: 'open', openings: [{ ordinal: 1 }] });
    expect(next(having(owes(7, 1)))).toEqual({ kind: 'done' });
    expect(next(having(owes(1, 1, NOW - 120_000)))).toEqual({ kind: 'done' });
  });

  it('ends after a bounded number of steps, with no replica there and never more than are allowed', () => {
    const anySeats = fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anySeats, fc.integer({ min: 0, max: 4 }), (held, more) => {
        const maxReplicas = held.length + more;
        let where = topology(primary(), options({ maxReplicas }), EVACUATED, ...held.map(inFrankfurt));
        const seats = new Map(held.map((each, n) => [n, { held: each, free: 250 - each }] as const));
        for (let steps = 0; steps < 30; steps++) {
          const step = next(where, Object.fromEntries(seats));
          if (step.kind === 'done') break;
          [where] = [played(where, step, seats)];
          expect(where.replicas.length).toBeLessThanOrEqual(maxReplicas);
        }
        expect(where.replicas.filter(({ mediaRegion }) => mediaRegion === 'eu-central-1')).toEqual([]);
      }),
    );
  });
});

/** The topology after a step, whose viewers all take free seats elsewhere. */
function played(where: Topology, step: ReturnType<typeof next>, seats: Map<number, Seats>): Topology {
  if (step.kind === 'open') {
    for (const { ordinal } of step.openings) seats.set(ordinal, { held: 0, free: 250 });
    return step.openings.reduce(
      (made, { mediaRegion, ordinal }) => replica(mediaRegion, { ordinal })(made),
      where,
    );
  }
  if (step.kind !== 'retire') throw new Error(`nobody else works: ${step.kind}`);
  const { ordinal } = step.replica;
  const nextOrdinal = 1 + Math.max(...seats.keys());
  let moving = seats.get(ordinal)?.held ?? 0;
  for (const [n, one] of seats) {
    const isElsewhere = where.replicas.some(
      (each) => each.ordinal === n && each.mediaRegion !== 'eu-central-1',
    );
    const taken = isElsewhere ? Math.min(moving, one.free) : 0;
    seats.set(n, { held: one.held + taken, free: one.free - taken });
    moving -= taken;
  }
  const drain = { ...drained('eu-central-1', owes(1, nextOrdinal))(where).drains };
  const replicas = where.replicas.filter((each) => each.ordinal !== ordinal);
  return { ...where, replicas, nextOrdinal, ...(step.owes && { drains: drain }) };
}

describe('placement', () => {
  it('puts no viewer into a drained media region, and opens nothing there', () => {
    const regions = fc.constantFrom(...MEDIA_REGIONS);
    fc.assert(
      fc.property(fc.array(regions, { maxLength: 6 }), regions, regions, (standing, out, home) => {
        const where = topology(primary(), drained(out), ...standing.map((region) => replica(region)));
        const placement = placeViewer(where, viewerIn(home));
        const chosen = placement.kind === 'seat' ? placement.replica.mediaRegion : undefined;
        expect(placement.kind === 'open' ? placement.mediaRegion : chosen).not.toBe(out);
      }),
    );
  });

  it('opens nothing ahead beside a filling replica in a drained media region', () => {
    const where = topology(primary(), drained('eu-central-1'), replica('eu-central-1', { filling: true }));
    const [filling] = where.replicas;
    if (!filling) throw new Error('there is none');
    expect(anotherBeside(where, filling, NOW)).toBeUndefined();
    const demand = { arrivals: { 'eu-central-1': 90 } };
    const ahead = openAhead(where, { demand, controlRegion: 'us-east-1', now: NOW, filling });
    expect(ahead?.mediaRegion).not.toBe('eu-central-1');
  });

  it('lets viewers wait for a moment while an evacuation is under way and every seat is taken', () => {
    const full = [options({ maxReplicas: 1 }), replica('eu-central-1', { soldOut: true })];
    expect(placeViewer(topology(primary(), EVACUATED, ...full), viewerIn('us-east-1'))).toMatchObject({
      kind: 'wait',
    });
    const plain = topology(primary(), drained('eu-central-1'), ...full);
    expect(placeViewer(plain, viewerIn('us-east-1'))).toEqual({ kind: 'full' });
  });
});

describe('the progress of a drain', () => {
  const statusOf = (where: Topology) =>
    drainProgress(where, { seats: new Map([[0, { held: 7, free: 0 }]]), controlRegion: 'us-east-1' })[0];

  it.each([
    ['closed', topology(primary(), drained('eu-central-1'), inFrankfurt())],
    ['moving', topology(primary(), EVACUATED, inFrankfurt())],
    ['moved', topology(primary(), EVACUATED)],
    ['moving-with-fewer-seats', topology(primary(), drained('eu-central-1', owes(1, 1)))],
    ['moved', topology(primary(), drained('eu-central-1', owes(1, 1)), replica('eu-west-3', { ordinal: 1 }))],
    ['suspended', topology(primary(), options({ allowedMediaRegions: ['eu-central-1'] }), EVACUATED)],
  ])('is %s', (status, where) => {
    expect(statusOf(where)).toMatchObject({ status, mediaRegion: 'eu-central-1' });
  });

  it('counts the replicas and the viewers there', () => {
    expect(statusOf(topology(primary(), EVACUATED, inFrankfurt()))).toMatchObject({
      replicas: 1,
      viewers: 7,
    });
  });
});
