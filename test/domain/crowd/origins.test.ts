import { awaitedReplica, mostDue, type Origins, originsOf } from '../../../lib/domain/crowd/origins.ts';
import type { SeatQueue } from '../../../lib/domain/crowd/seat-queue.ts';
import { ALL_MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { isNearby } from '../../../lib/domain/geo/rtt.ts';
import { entriesOf, type Tally } from '../../../lib/domain/placement/demand.ts';
import fc from '../../support/random/property.ts';
import { options, primary, replica, NOW as TOPOLOGY_NOW, topology } from '../../support/topologies.ts';

const NOW = TOPOLOGY_NOW;
const EVERYWHERE: MediaRegion[] = ['eu-central-1', 'eu-west-1', 'us-east-1', 'sa-east-1', 'ap-south-1'];
const origins = (more: Partial<Origins>): Origins => ({ counted: {}, opened: [], opening: [], ...more });
const opening = (mediaRegion: MediaRegion, until = 0) => ({ mediaRegion, until });
const claimable = { seatsEach: 250, most: 100, among: EVERYWHERE };
const sumOf = (counted: Tally, where: (from: MediaRegion) => boolean) =>
  entriesOf(counted).reduce((sum, [from, viewers]) => sum + (where(from) ? viewers : 0), 0);
/** So many claims later than estimated viewers return. */
const LATER_TURNS = 4;

describe('the next replica', () => {
  it('is due where the most viewers wait', () => {
    expect(mostDue(origins({ counted: { 'us-east-1': 400, 'ap-south-1': 500 } }), claimable)).toBe(
      'ap-south-1',
    );
  });

  it('is due by turns, in proportion to the viewers of each neighbourhood', () => {
    const counted = { 'us-east-1': 500, 'ap-south-1': 1000 };
    const opened: MediaRegion[] = [];
    for (let turn = 0; turn < 6; turn++)
      opened.push(mostDue(origins({ counted, opened }), claimable) as MediaRegion);
    expect(opened).toEqual([
      'ap-south-1',
      'us-east-1',
      'ap-south-1',
      'ap-south-1',
      'us-east-1',
      'ap-south-1',
    ]);
  });

  it('is due where none was opened or is being opened, if as many viewers wait', () => {
    const counted = { 'us-east-1': 500, 'ap-south-1': 500 };
    expect(mostDue(origins({ counted, opened: ['us-east-1'] }), claimable)).toBe('ap-south-1');
    expect(mostDue(origins({ counted, opening: [opening('ap-south-1')] }), claimable)).toBe('us-east-1');
  });

  it('counts the viewers of media regions near each other together, and goes to the one with most of them', () => {
    const counted = { 'eu-central-1': 300, 'eu-west-1': 250, 'us-east-1': 400 };
    expect(mostDue(origins({ counted }), claimable)).toBe('eu-central-1');
    expect(mostDue(origins({ counted, opened: ['eu-central-1', 'us-east-1'] }), claimable)).toBe('eu-west-1');
  });

  it('counts viewers of a media region where none may open at the nearest one where it may', () => {
    const counted = { 'ca-central-1': 300, 'us-east-1': 200, 'ap-south-1': 400 };
    expect(mostDue(origins({ counted }), claimable)).toBe('us-east-1');
  });

  it('is due where viewers have no seats, before it is where more viewers have enough', () => {
    const counted = { 'us-east-1': 250, 'ap-south-1': 10 };
    expect(mostDue(origins({ counted, opened: ['us-east-1'] }), claimable)).toBe('ap-south-1');
    expect(
      mostDue(origins({ counted: { ...counted, 'us-east-1': 251 }, opened: ['us-east-1'] }), claimable),
    ).toBe('us-east-1');
    expect(mostDue(origins({ counted, opened: ['us-east-1', 'ap-south-1'] }), claimable)).toBe('us-east-1');
  });

  it('is due nowhere if nobody is counted', () => {
    expect(mostDue(origins({}), claimable)).toBeUndefined();
  });
});

describe('a viewer who waits for a replica nearby', () => {
  const comes = { mediaRegion: 'us-east-1', waited: false, random: 0 } as const;
  const returns = { ...comes, waited: true };
  const counted = { 'us-east-2': 300, 'ap-south-1': 600 };

  it('waits for the one that is being opened for their place among those nearby', () => {
    const two = [opening('us-east-1', 900), opening('ap-south-1', 600), opening('us-east-2', 1200)];
    expect(awaitedReplica(origins({ counted, opening: two }), comes, claimable)).toEqual({ until: 1200 });
    const fewer = { ...counted, 'us-east-2': 250 };
    expect(awaitedReplica(origins({ counted: fewer, opening: two }), comes, claimable)).toEqual({
      until: 900,
    });
  });

  it('waits for the next one nearby, after having waited in vain', () => {
    const two = [opening('us-east-1', 900), opening('us-east-2', 1200)];
    expect(awaitedReplica(origins({ counted, opening: two }), returns, claimable)).toEqual({ until: 900 });
  });

  it('waits for the next one nearby, if theirs was opened already', () => {
    const has = { opened: ['us-east-1', 'us-east-2'], opening: [opening('us-east-1', 900)] } as const;
    expect(awaitedReplica(origins({ counted, ...has }), comes, claimable)).toEqual({ until: 900 });
  });

  it('waits for the turns of other neighbourhoods, while none is being opened nearby', () => {
    const many = { 'us-east-1': 500, 'ap-south-1': 1000, 'sa-east-1': 2000 };
    const began = { counted: many, opened: ['sa-east-1'], opening: [opening('ap-south-1')] } as const;
    // The second one of us-east-1 is due after two of its own, three of ap-south-1 and six of sa-east-1; two of these stand.
    expect(awaitedReplica(origins(began), comes, claimable)).toEqual({ further: 11 - 2, later: LATER_TURNS });
    // The first one: after one of its own, one of ap-south-1 and two of sa-east-1.
    expect(awaitedReplica(origins(began), returns, claimable)).toEqual({
      further: 4 - 2,
      later: LATER_TURNS,
    });
  });

  it('waits no longer than until all who are counted have seats, or the last replica that is allowed is open', () => {
    const few = { 'us-east-1': 1, 'ap-south-1': 999 };
    expect(awaitedReplica(origins({ counted: few }), comes, claimable)).toEqual({
      further: 4,
      later: LATER_TURNS,
    });
    expect(awaitedReplica(origins({ counted: few }), comes, { ...claimable, most: 2 })).toEqual({
      further: 2,
      later: 0,
    });
  });

  it('waits for the turn of the nearest place where replicas can be opened, if none can be nearby', () => {
    const elsewhere = { ...claimable, among: ['us-east-1', 'sa-east-1'] as const };
    const far = { 'eu-central-1': 250, 'sa-east-1': 1000 };
    const from = { mediaRegion: 'eu-central-1', waited: true, random: 0 } as const;
    expect(awaitedReplica(origins({ counted: far }), from, elsewhere)).toMatchObject({ further: 3 });
  });

  it('waits for the next one at all, while none can be claimed anywhere because each media region cools down', () => {
    const cooling = { ...claimable, among: [], most: 39 };
    const crowd = origins({
      counted: { 'us-east-1': 5000, 'eu-central-1': 5000 },
      opening: [opening('eu-central-1')],
    });
    for (const viewer of [comes, returns])
      expect(awaitedReplica(crowd, { ...viewer, random: 0.5 }, cooling)).toEqual({
        further: 1,
        later: LATER_TURNS,
      });
  });

  it('returns after half of the replicas that can follow, where these are few', () => {
    const equal = { 'us-east-1': 500, 'ap-south-1': 500 };
    const when = (most: number) => awaitedReplica(origins({ counted: equal }), comes, { ...claimable, most });
    expect(when(3 + 2 * LATER_TURNS)).toEqual({ further: 3, later: LATER_TURNS });
    expect(when(3 + 2 * LATER_TURNS - 1)).toEqual({ further: 3, later: LATER_TURNS - 1 });
    expect(when(3 + 1)).toEqual({ further: 3, later: 0 });
    expect(when(3)).toEqual({ further: 3, later: 0 });
    const late = { ...comes, random: 0.9 };
    expect(awaitedReplica(origins({ counted: equal }), late, { ...claimable, most: 3 })).toMatchObject({
      further: 3,
    });
  });

  it('returns with any of the last eight replicas, if none of those that can be claimed is for them', () => {
    const many = { 'us-east-1': 1, 'ap-south-1': 9999 };
    const when = (random: number, most: number) =>
      awaitedReplica(origins({ counted: many }), { ...comes, random }, { ...claimable, most });
    expect(when(0, 12)).toEqual({ further: 12, later: 0 });
    expect(when(0.5, 12)).toEqual({ further: 8, later: 0 });
    expect(when(0.999, 12)).toEqual({ further: 5, later: 0 });
    expect(when(0.999, 3)).toEqual({ further: 1, later: 0 });
  });

  it('waits for as many replicas as are claimed until theirs, if each is claimed where it is due', () => {
    const crowd = fc.dictionary(fc.constantFrom(...EVERYWHERE), fc.integer({ min: 1, max: 2000 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(crowd, fc.constantFrom(...EVERYWHERE), (counted, mediaRegion) => {
        const due = Math.max(1, Math.ceil(sumOf(counted, (from) => isNearby(from, mediaRegion)) / 250));
        const enough = Math.ceil(sumOf(counted, () => true) / 250);
        const claimed: MediaRegion[] = [];
        const nearby = () => claimed.filter((place) => isNearby(place, mediaRegion)).length;
        while (nearby() < due && claimed.length < enough)
          claimed.push(mostDue(origins({ counted, opened: claimed }), claimable) as MediaRegion);
        const awaited = awaitedReplica(
          origins({ counted }),
          { mediaRegion, waited: false, random: 0 },
          claimable,
        );
        expect(awaited).toEqual({ further: claimed.length, later: LATER_TURNS });
      }),
    );
  });

  it('waits for any replica, if none is being opened nearby and no more are allowed', () => {
    const last = { ...claimable, most: 0 };
    expect(
      awaitedReplica(origins({ counted, opening: [opening('ap-south-1')] }), comes, last),
    ).toBeUndefined();
    expect(awaitedReplica(origins({ counted, opening: [opening('us-east-2', 7)] }), returns, last)).toEqual({
      until: 7,
    });
  });

  it('waits as if nobody else did, if an earlier version of this service counted without media regions', () => {
    expect(awaitedReplica(origins({}), comes, claimable)).toEqual({ further: 1, later: LATER_TURNS });
  });
});

describe('the origins of a queue', () => {
  const part = { since: NOW - 1000, opened: 0, viewers: 100, at: NOW - 500, until: NOW + 1000 };
  const lease = { owner: 'somebody', until: NOW + 1 };
  const claimed = { state: 'claimed', capacity: 0, lease } as const;

  it('are the viewers of all parts that are not over, and the replicas since the oldest of these began', () => {
    const queue: SeatQueue = {
      parts: [
        { ...part, from: { 'us-east-1': 60, 'ap-south-1': 40 } },
        undefined,
        { ...part, since: NOW - 900, from: { 'us-east-1': 100 } },
        { ...part, until: NOW, from: { 'sa-east-1': 100 } },
      ],
      readAt: NOW,
    };
    const where = topology(
      primary(),
      options({ maxReplicas: 5 }),
      replica('eu-west-1', { openedAt: NOW - 1001 }),
      replica('eu-west-2', { openedAt: NOW - 1000 }),
      replica('eu-west-3', { ...claimed, permits: { until: 900, names: 1 } }),
    );
    expect(originsOf(queue, where, { placeable: ALL_MEDIA_REGIONS, now: NOW })).toEqual({
      counted: { 'us-east-1': 160, 'ap-south-1': 40 },
      opened: ['eu-west-2'],
      opening: [{ mediaRegion: 'eu-west-3', until: 900 }],
    });
  });

  it('leave out the replicas where no viewer may be placed, and take a claim without permits for one made now', () => {
    const queue: SeatQueue = { parts: [{ ...part, from: { 'us-east-1': 1 } }], readAt: NOW };
    const isNew = { openedAt: NOW };
    const where = topology(
      primary(),
      options({ maxReplicas: 5 }),
      replica('eu-west-1', isNew),
      replica('us-east-1', isNew),
      replica('eu-west-3', claimed),
      replica('us-east-2', claimed),
    );
    const placeable: MediaRegion[] = ['us-east-1', 'us-east-2'];
    expect(originsOf(queue, where, { placeable, now: NOW })).toMatchObject({
      opened: ['us-east-1'],
      opening: [{ mediaRegion: 'us-east-2', until: NOW }],
    });
  });

  it('include those who came since the queue was read, at the rate of before', () => {
    const growing = { ...part, at: NOW, from: { 'us-east-1': 100 } };
    const queue = { parts: [growing], readAt: NOW };
    const later = { placeable: ALL_MEDIA_REGIONS, now: NOW + 100 };
    expect(originsOf(queue, topology(primary()), later).counted).toEqual({
      'us-east-1': 110.00000000000001,
    });
  });
});
