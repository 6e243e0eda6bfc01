import { placeIn, seatIn } from '../../lib/domain/meeting/participant.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { atOnce } from '../flows/support.ts';
import { isGood, ONE_REGION, useSweptWorld } from '../reconcile/support.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';

const world = useSweptWorld();
const { chime } = world;
const CHECKED_AGAIN_MS = 30_500;
const presenter = (name: string, user: string) => world.person(name, user, { role: 'presenter' });
const viewer = (name: string, user: string) => world.person(name, user);
const dies = (name: string) => {
  chime.kill(world.primaryOf(name));
  world.pass(CHECKED_AGAIN_MS);
};
const ended = (name: string, meetingId: string) =>
  applyEvent(
    { eventType: 'chime:MeetingEnded', timestamp: world.now(), externalMeetingId: name, meetingId } as never,
    world.now(),
  );

describe('the next epoch', () => {
  it('voids seats, stage and promotions; bans hold, and a hand is up again once its owner is back', async () => {
    const { name } = await world.house(3);
    await world.host(name).promote('viewer-0');
    await viewer(name, 'viewer-1').raise();
    await world.host(name).remove('viewer-2', { ban: true });
    dies(name);
    await presenter(name, 'bob').seat();
    const topology = await world.topologyOf(name);
    expect(topology).toMatchObject({ epoch: 2, stage: new Set(['bob']), replicas: [] });
    expect(await refusalOf(viewer(name, 'viewer-0').promotion())).toBe('NOT_PROMOTED');
    for (const who of ['the-host', 'viewer-0', 'viewer-1']) {
      const record = await readParticipant(name, who);
      expect([seatIn(topology, record), placeIn(topology, record)]).toEqual([undefined, undefined]);
    }
    expect((await presenter(name, 'bob').hands()).body).toMatchObject({ hands: [] });
    expect(await refusalOf(viewer(name, 'viewer-2').join())).toBe('BANNED');
    await viewer(name, 'viewer-0').seat(ONE_REGION);
    expect(await refusalOf(viewer(name, 'viewer-0').promotion())).toBe('NOT_PROMOTED');
    await viewer(name, 'viewer-1').seat(ONE_REGION);
    expect((await presenter(name, 'bob').hands()).body).toMatchObject({
      hands: [{ externalUserId: 'viewer-1' }],
    });
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('begins once, though fifty requests notice the death concurrently, and all of their callers are in it', async () => {
    const { name } = await world.house(1, {});
    dies(name);
    const joined = await atOnce(50, (k) => presenter(name, `bob-${k}`).seat());
    expect(new Set(joined.map(({ epoch }) => epoch))).toEqual(new Set([2]));
    expect(new Set(joined.map(({ Meeting }) => Meeting.MeetingId)).size).toBe(1);
    expect(joined.every((seat) => isGood(world, seat))).toBe(true);
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2 });
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('begins once, though viewers, a presenter, the reconciler and the event notice concurrently', async () => {
    const { name } = await world.house(5);
    const dead = world.primaryOf(name)?.meetingId ?? '';
    dies(name);
    await Promise.all([
      ...[0, 1, 2, 3].map((n) => viewer(name, `viewer-${n}`).join(ONE_REGION)),
      presenter(name, 'bob').seat(),
      world.reconcileName(name),
      ended(name, dead),
      ended(name, dead),
    ]);
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, stage: new Set(['bob']) });
    await ended(name, dead);
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'live' });
  });

  it('begins with the event about the end, before any join', async () => {
    const { name } = await world.house(1);
    const dead = world.primaryOf(name);
    chime.kill(dead);
    await ended(name, dead?.meetingId ?? '');
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
  });
});

describe('a meeting that Chime does not find at first', () => {
  beforeEach(() => chime.chimeWill({ freshMeetingNotFoundMs: 700 }));

  it('is not declared dead, neither the primary by a join, nor the replica by minting', async () => {
    const name = uniqueMeetingId();
    await world.host(name).create({ meetingFeatures: { Attendee: { MaxCount: 10 } } });
    const first = await world.host(name).seat();
    const [second, third] = await Promise.all([
      presenter(name, 'bob').seat(),
      viewer(name, 'vera').seat(ONE_REGION),
    ]);
    expect([second.Meeting.MeetingId, third.Meeting.PrimaryMeetingId]).toEqual(
      Array.from({ length: 2 }, () => first.Meeting.MeetingId),
    );
    expect(await world.topologyOf(name)).toMatchObject({
      epoch: 1,
      replicas: [{ ordinal: 0, state: 'open' }],
    });
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('is not retired by a concurrent reconciler pass', async () => {
    const name = uniqueMeetingId();
    await world.host(name).create({ meetingFeatures: { Attendee: { MaxCount: 10 } } });
    await world.host(name).seat();
    const vera = viewer(name, 'vera').seat(ONE_REGION);
    await vera;
    chime.chimeWill({ freshMeetingNotFoundMs: 1500 });
    const replica = world.replicaOf(name);
    replica.createdAt = chime.world.emulator.state.clock.now();
    await world.reconcileName(name);
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 1, replicas: [{ state: 'open' }] });
  });
});
