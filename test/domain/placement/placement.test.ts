import type { MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import type { Replica, Topology } from '../../../lib/domain/meeting/topology.ts';
import type { Viewer } from '../../../lib/domain/placement/decision.ts';
import { anotherBeside, placeViewer } from '../../../lib/domain/placement/placement.ts';
import {
  abandoned,
  cooling,
  learned,
  NOW,
  opening,
  options,
  primary,
  replica,
  topology,
  viewerIn,
} from '../../support/topologies.ts';

const place = (where: Topology, from: MediaRegion, more: number | Partial<Viewer> = 0) =>
  placeViewer(where, viewerIn(from, typeof more === 'number' ? { random: more } : more));
const seatIn = (mediaRegion: MediaRegion, reason: string) => ({
  kind: 'seat',
  reason,
  replica: { mediaRegion },
});

describe('placing a viewer', () => {
  it('seats them in their own media region before a nearby one', () => {
    const both = topology(primary(), replica('eu-west-2'), replica('eu-west-3'));
    expect(place(both, 'eu-west-3')).toMatchObject(seatIn('eu-west-3', 'own-region'));
  });

  it('seats them within 40 ms before opening a replica of their own', () => {
    const near = topology(primary(), replica('eu-central-1'), replica('us-east-1'));
    expect(place(near, 'eu-north-1')).toMatchObject({ ...seatIn('eu-central-1', 'nearby'), rttMs: 23 });
  });

  it('takes the nearest of the nearby', () => {
    const three = topology(primary(), replica('eu-north-1'), replica('eu-west-2'), replica('eu-west-1'));
    expect(place(three, 'eu-west-3')).toMatchObject(seatIn('eu-west-2', 'nearby'));
  });

  it('lets the viewer wait for a replica that is being opened nearby rather than cross an ocean', () => {
    const where = topology(primary(), replica('us-east-1'), opening('eu-central-1'));
    expect(place(where, 'eu-west-3')).toEqual({ kind: 'wait' });
  });

  it('does not let the viewer wait for a replica that is hardly nearer', () => {
    const where = topology(primary(), replica('eu-west-1'), opening('eu-central-1'));
    expect(place(where, 'eu-central-1')).toMatchObject(seatIn('eu-west-1', 'nearby'));
  });

  it('opens a replica near the viewer where that saves crossing an ocean', () => {
    const where = topology(primary(), replica('us-east-1'));
    const opened = { kind: 'open', ordinal: 1, mediaRegion: 'ap-northeast-1', reason: 'worth-opening' };
    expect(place(where, 'ap-northeast-1')).toEqual(opened);
  });

  it('does not open one to save less than a quarter of the round trip', () => {
    // Sydney to Frankfurt is 251 ms. A replica in Virginia would make that 200.
    const rule = { allowedMediaRegions: ['eu-central-1', 'us-east-1'] as const, maxReplicas: 100 };
    const where = topology(primary(), options(rule), replica('eu-central-1'));
    expect(place(where, 'ap-southeast-2')).toMatchObject(seatIn('eu-central-1', 'nearest-with-room'));
  });

  it('does not spend a replica on a viewer 50 ms away', () => {
    const where = topology(primary(), replica('us-east-2'));
    expect(place(where, 'us-west-2')).toMatchObject(seatIn('us-east-2', 'nearest-with-room'));
  });

  it('never opens more at once than the quota mints, but always takes over an opening whose lease expired', () => {
    const many = options({ maxReplicas: 8 });
    const busy = topology(primary(), many, replica('us-east-1'), opening('us-east-2'), opening('us-east-2'));
    expect(place(busy, 'ap-south-1')).toMatchObject({ kind: 'open', reason: 'worth-opening' });
    expect(place(busy, 'ap-south-1', { atOnce: 2 })).toEqual({ kind: 'wait' });
    expect(place(busy, 'ap-south-1', { atOnce: 2, isElectedOpener: true })).toEqual({ kind: 'wait' });
    const left = topology(primary(), many, abandoned('eu-west-1'), opening('eu-west-1'));
    expect(place(left, 'eu-west-1', { atOnce: 1 })).toMatchObject({ kind: 'open', reason: 'unfinished' });
  });

  it('leaves it to others of the many who wait to open what is worth it, and opens what nobody else would', () => {
    const busy = topology(primary(), options({ maxReplicas: 8 }), replica('us-east-1'));
    expect(place(busy, 'ap-south-1')).toMatchObject({ kind: 'open', reason: 'worth-opening' });
    expect(place(busy, 'ap-south-1', { leavesOpening: true })).toEqual({ kind: 'wait' });
    const none = topology(primary(), options({ maxReplicas: 8 }));
    expect(place(none, 'ap-south-1', { leavesOpening: true })).toMatchObject({ kind: 'open' });
    const left = topology(primary(), options({ maxReplicas: 8 }), abandoned('eu-west-1'));
    expect(place(left, 'eu-west-1', { leavesOpening: true })).toMatchObject({ reason: 'unfinished' });
  });

  it('keeps the last replica for when seats run out', () => {
    const three = topology(primary(), replica('us-east-1'), replica('eu-west-1'), replica('sa-east-1'));
    expect(place(three, 'ap-northeast-1')).toMatchObject(seatIn('us-east-1', 'nearest-with-room'));
  });

  it('opens the last replica when no replica has room', () => {
    const full = { soldOut: true };
    const three = topology(
      primary(),
      replica('us-east-1', full),
      replica('eu-west-1', full),
      replica('sa-east-1', full),
    );
    expect(place(three, 'ap-south-1')).toMatchObject({
      kind: 'open',
      ordinal: 3,
      reason: 'nothing-has-room',
    });
  });

  it('prefers a calm replica to a filling one, and uses the filling one when there is no other', () => {
    const filling = replica('eu-west-1', { filling: true });
    expect(place(topology(primary(), filling, replica('eu-west-1')), 'eu-west-1')).toMatchObject({
      replica: { ordinal: 1 },
    });
    expect(place(topology(primary(), filling), 'eu-west-1')).toMatchObject({ replica: { ordinal: 0 } });
  });

  it('takes over an expired opening before a new replica is opened or a viewer is seated far away', () => {
    const finish = { kind: 'open', ordinal: 1, mediaRegion: 'sa-east-1', reason: 'unfinished' };
    const far = topology(primary(), replica('eu-west-1'), abandoned('sa-east-1'));
    expect(place(far, 'sa-east-1')).toEqual(finish);
    const full = topology(primary(), replica('eu-west-1', { soldOut: true }), abandoned('sa-east-1'));
    expect(place(full, 'eu-west-1')).toEqual(finish);
  });

  it('never delays a viewer with a seat nearby for that', () => {
    const where = topology(primary(), replica('eu-west-1'), abandoned('sa-east-1'));
    expect(place(where, 'eu-west-1')).toMatchObject(seatIn('eu-west-1', 'own-region'));
  });

  describe('a media region that cools down after Chime failed to open a replica there', () => {
    const cool = (until = NOW + 1) => cooling('ap-northeast-1', until);
    const failed = replica('ap-northeast-1', {
      state: 'claimed',
      lease: { owner: 'x', until: NOW },
      failedAt: NOW - 1,
    });
    const many = options({ maxReplicas: 3 });
    const soldOut = (mediaRegion: MediaRegion) => replica(mediaRegion, { soldOut: true });

    it('has its viewers seated, or a replica opened, elsewhere', () => {
      const beside = topology(primary(), cool(), failed, replica('eu-west-1'));
      expect(place(beside, 'ap-northeast-1')).toMatchObject({ kind: 'open', mediaRegion: 'ap-northeast-2' });
      const noneLeft = topology(primary(), options({ maxReplicas: 1 }), cool(), failed, replica('eu-west-1'));
      expect(place(noneLeft, 'ap-northeast-1')).toMatchObject(seatIn('eu-west-1', 'nearest-with-room'));
      const crowded = topology(primary(), many, cool(), failed, failed, soldOut('eu-west-1'));
      expect(place(crowded, 'ap-northeast-1')).toMatchObject({ kind: 'open', mediaRegion: 'ap-northeast-2' });
    });

    it('makes viewers wait for the pause where no other media region is allowed', () => {
      const nowhereElse = options({ allowedMediaRegions: ['ap-northeast-1'] });
      for (const parts of [[], [failed]])
        expect(place(topology(primary(), nowhereElse, cool(), ...parts), 'ap-northeast-1')).toEqual({
          kind: 'wait',
          until: NOW + 1,
        });
    });

    it('is full where no replica is left in any media region', () => {
      const three = ['eu-west-1', 'us-east-1', 'us-west-2'] as const;
      const full = topology(primary(), many, cool(), failed, ...three.map(soldOut));
      expect(place(full, 'ap-northeast-1')).toEqual({ kind: 'full' });
    });

    it('gets no replica ahead of need either', () => {
      const filling = topology(primary(), cool(), replica('ap-northeast-1', { filling: true }));
      expect(anotherBeside(filling, filling.replicas[0] as Replica, NOW)).toBeUndefined();
      expect(anotherBeside(filling, filling.replicas[0] as Replica, NOW + 1)).toBeDefined();
    });

    it('has its expired opening taken over after the pause, before a new one is opened', () => {
      const later = topology(primary(), cool(NOW), failed, replica('eu-west-1'));
      expect(place(later, 'ap-northeast-1')).toMatchObject({
        kind: 'open',
        ordinal: 0,
        reason: 'unfinished',
      });
    });
  });

  it('lets an elected opener open another replica rather than wait, up to so many at once', () => {
    const many = options({ maxReplicas: 8 });
    const two = topology(primary(), many, opening('eu-west-1'), opening('eu-west-1'));
    expect(place(two, 'eu-west-2', { atOnce: 3, isElectedOpener: true })).toEqual({
      ...{ kind: 'open', ordinal: 2, mediaRegion: 'eu-west-2', reason: 'many-wait' },
    });
    expect(place(two, 'eu-west-2', { atOnce: 2, isElectedOpener: true })).toEqual({ kind: 'wait' });
  });

  it('lets an elected opener do so even where a seat is free, while a replica is being opened nearby', () => {
    const many = options({ maxReplicas: 8 });
    const crowded = topology(primary(), many, replica('eu-west-1'), opening('eu-west-2'));
    expect(place(crowded, 'eu-west-1', { atOnce: 3, isElectedOpener: true })).toMatchObject({
      kind: 'open',
      reason: 'many-wait',
    });
    expect(place(crowded, 'eu-west-1')).toMatchObject(seatIn('eu-west-1', 'own-region'));
    expect(place(crowded, 'eu-west-1', { atOnce: 1, isElectedOpener: true })).toMatchObject(
      seatIn('eu-west-1', 'own-region'),
    );
    for (const calm of [
      topology(primary(), many, replica('eu-west-1')),
      topology(primary(), many, replica('eu-west-1'), opening('ap-south-1')),
    ])
      expect(place(calm, 'eu-west-1', { atOnce: 3, isElectedOpener: true })).toMatchObject(
        seatIn('eu-west-1', 'own-region'),
      );
  });

  it('keeps the last replica for a certain need, also from an elected opener', () => {
    const where = topology(primary(), options({ maxReplicas: 2 }), opening('eu-west-1'));
    expect(place(where, 'eu-west-2', { atOnce: 6, isElectedOpener: true })).toEqual({ kind: 'wait' });
  });

  it('waits for any replica that is being opened when no replica has room', () => {
    const where = topology(primary(), replica('eu-west-1', { soldOut: true }), opening('us-east-1'));
    expect(place(where, 'eu-west-1')).toEqual({ kind: 'wait' });
  });

  it('is full only without room, without a replica being opened, and with none left', () => {
    const soldOut = topology(primary(), options({ maxReplicas: 1 }), replica('eu-west-1', { soldOut: true }));
    expect(place(soldOut, 'eu-west-1')).toEqual({ kind: 'full' });
    expect(place(topology(primary(), options({ maxReplicas: 0 })), 'eu-west-1')).toEqual({ kind: 'full' });
    expect(place(topology(primary(), learned(0)), 'eu-west-1')).toEqual({ kind: 'full' });
  });
});

describe('opening another replica beside one that fills up', () => {
  const beside = (...parts: Parameters<typeof topology>) => {
    const where = topology(primary(), replica('eu-west-1', { filling: true }), ...parts);
    return anotherBeside(where, where.replicas[0] as NonNullable<(typeof where.replicas)[0]>, NOW);
  };

  it('happens in the same media region, also with the last replica', () => {
    expect(beside()).toMatchObject({ kind: 'open', ordinal: 1, mediaRegion: 'eu-west-1' });
    expect(beside(replica('sa-east-1'), options({ maxReplicas: 3 }))).toMatchObject({ ordinal: 2 });
  });

  it('does not happen while a calm replica, or one being opened, is nearby', () => {
    expect(beside(replica('eu-west-2'))).toBeUndefined();
    expect(beside(opening('eu-central-1'))).toBeUndefined();
  });

  it('happens when all other nearby replicas are filling', () => {
    expect(beside(replica('eu-west-2', { filling: true }), replica('us-east-1'))).toMatchObject({
      ordinal: 3,
    });
  });

  it('does not happen with none left', () => {
    expect(beside(options({ maxReplicas: 1 }))).toBeUndefined();
    expect(beside(learned(1))).toBeUndefined();
  });
});
