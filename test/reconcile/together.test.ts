import { atOnce } from '../flows/support.ts';
import { isGood, ONE_REGION, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
const viewer = (name: string, user: string) => world.person(name, user);
const THREE_MINUTES = 180_000;

describe('concurrent reconciler passes', () => {
  it('handle each name once, with the same result as one pass', async () => {
    const houses = [await world.house(10), await world.house(10), await world.house(2)];
    for (const { name } of houses) await viewer(name, 'viewer-1').leave();
    world.pass(THREE_MINUTES);
    const reconciled = await atOnce(4, () => world.reconcileNow());
    expect(reconciled.reduce((sum, each) => sum + each.reconciled, 0)).toBe(3);
    const [first, second] = houses;
    for (const { name } of houses) expect(await world.wrongWith(name)).toEqual([]);
    expect(await world.countsOf(first?.name ?? '')).toMatchObject({ minted: 11 });
    expect(await world.countsOf(second?.name ?? '')).toMatchObject({ minted: 11 });
  });

  it('do no harm when they handle the same name concurrently', async () => {
    const { name } = await world.house(10);
    for (const n of [1, 2, 3]) await viewer(name, `viewer-${n}`).leave();
    world.pass(THREE_MINUTES);
    await atOnce(5, () => world.reconcileName(name));
    expect(await world.wrongWith(name)).toEqual([]);
    await world.reconcileName(name);
    expect(await world.countsOf(name)).toMatchObject({ minted: 13 });
    expect(world.replicaOf(name).peakAttendees).toBe(10);
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a crowd that joins and leaves while passes run', () => {
  it('gets living seats, each viewer one, and the counts are right', async () => {
    chime.chimeWill({ capacityError: 'only-at-connect' });
    const { name } = await world.house(10, {
      meetingFeatures: { Attendee: { MaxCount: 10 } },
      maxReplicas: 2,
    });
    for (let round = 0; round < 4; round++) {
      const goers = [0, 1, 2].map((n) => (round * 3 + n) % 10);
      await Promise.all(goers.map((n) => viewer(name, `viewer-${n}`).leave()));
      world.pass(THREE_MINUTES);
      const joins = [...goers.map((n) => `viewer-${n}`), `new-${round}`].map((user) =>
        viewer(name, user).seat(ONE_REGION),
      );
      const leave = viewer(name, `viewer-${(round * 3 + 5) % 10}`).leave();
      const passes = (async () => {
        for (let k = 0; k < 4; k++) await atOnce(2, () => world.reconcileName(name));
      })();
      const [seats] = await Promise.all([Promise.all(joins), leave, passes]);
      expect(seats.filter((seat) => !isGood(world, seat))).toEqual([]);
      expect(new Set(seats.map(({ Attendee }) => Attendee.AttendeeId)).size).toBe(seats.length);
      for (const meeting of chime.live(name)) expect(meeting.peakAttendees).toBeLessThanOrEqual(10);
      expect(await world.wrongWith(name)).toEqual([]);
    }
  });
});
