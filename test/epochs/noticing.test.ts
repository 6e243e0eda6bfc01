import type { JoinedBody } from '../../simulation/joined-body.ts';
import { atOnce } from '../flows/support.ts';
import { isGood, ONE_REGION, useSweptWorld } from '../reconcile/support.ts';

const world = useSweptWorld();
const { chime } = world;
const CHECKED_AGAIN_MS = 30_500;
const SIX_MINUTES = 360_000;
const DAY_MS = 24 * 3_600_000;
const presenter = (name: string, user: string) => world.person(name, user, { role: 'presenter' });
const viewer = (name: string, user: string) => world.person(name, user);
const waits = { status: 202, body: { reason: 'no-presenter' } };

/** Ways for a primary to die without an event. */
const deaths: Record<string, (name: string) => void> = {
  'of idleness': () => {
    chime.passAtChime(SIX_MINUTES);
    world.pass(SIX_MINUTES);
  },
  'by another hand': (name) => {
    chime.kill(world.primaryOf(name));
    world.pass(CHECKED_AGAIN_MS);
  },
  'of old age': () => {
    chime.passAtChime(DAY_MS);
    world.pass(DAY_MS);
  },
};

describe.each(Object.keys(deaths))('a primary that died %s', (death) => {
  it('is noticed by the repeated join of a seated viewer, who waits and then gets a seat of the next epoch', async () => {
    const { name, seats } = await world.house(1);
    deaths[death]?.(name);
    expect(await viewer(name, 'viewer-0').join(ONE_REGION)).toMatchObject(waits);
    expect(await presenter(name, 'bob').join()).toMatchObject({ status: 200, body: { epoch: 2 } });
    world.pass(1100);
    const again = await viewer(name, 'viewer-0').seat(ONE_REGION);
    expect(again).toMatchObject({ epoch: 2 });
    expect(again.Meeting.MeetingId).not.toBe(seats[0]?.Meeting.MeetingId);
    expect(isGood(world, again)).toBe(true);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('is noticed by the first join of a viewer', async () => {
    const { name } = await world.house(1);
    deaths[death]?.(name);
    expect(await viewer(name, 'new').join(ONE_REGION)).toMatchObject(waits);
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
  });

  it('is noticed by the join of its own presenter, in one call', async () => {
    const { name } = await world.house(0);
    deaths[death]?.(name);
    const { status, body } = await world.host(name).join();
    expect([status, (body as JoinedBody).epoch]).toEqual([200, 2]);
    expect(isGood(world, body as JoinedBody)).toBe(true);
  });

  it('is noticed by the reconciler', async () => {
    const { name } = await world.house(1);
    deaths[death]?.(name);
    await world.reconcileLater();
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
  });
});

describe('a primary that died a moment ago', () => {
  it('is noticed by the next join to the stage, because Chime does not find it', async () => {
    const { name } = await world.house(0);
    world.pass(5000);
    chime.kill(world.primaryOf(name));
    expect(await presenter(name, 'bob').join()).toMatchObject({ status: 200, body: { epoch: 2 } });
  });

  it('is shown to viewers for one verification interval at most', async () => {
    const { name } = await world.house(1);
    world.pass(CHECKED_AGAIN_MS);
    await viewer(name, 'viewer-0').seat();
    chime.kill(world.primaryOf(name));
    world.pass(29_000);
    expect((await viewer(name, 'viewer-0').join()).status).toBe(200);
    world.pass(2000);
    expect(await viewer(name, 'viewer-0').join()).toMatchObject(waits);
  });
});

describe('a primary at the age at which Chime ends it', () => {
  it('is replaced without a call to Chime', async () => {
    const { name } = await world.house(1);
    world.pass(DAY_MS);
    const before = JSON.stringify(chime.world.emulator.state.calls);
    expect(await viewer(name, 'viewer-0').join()).toMatchObject(waits);
    expect(JSON.stringify(chime.world.emulator.state.calls)).toBe(before);
  });
});

describe('two hundred viewers who join in one interval', () => {
  it('cost one GetMeeting, and one more in the next interval', async () => {
    const { name } = await world.house(1, { maxReplicas: 1 });
    const joinAll = () => atOnce(200, (k) => viewer(name, `crowd-${k}`).join(ONE_REGION));
    for (const interval of [1, 2]) {
      world.pass(CHECKED_AGAIN_MS);
      const before = chime.callsOf('GetMeeting');
      const answers = await joinAll();
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      world.pass(10_000);
      await viewer(name, `late-${interval}`).join(ONE_REGION);
      expect(chime.callsOf('GetMeeting') - before).toBe(1);
    }
  });
});

describe('an indeterminate answer of Chime about the primary', () => {
  it('never makes a request declare it dead', async () => {
    const { name } = await world.house(1);
    world.pass(CHECKED_AGAIN_MS);
    chime.strike('GetMeeting', 'error-500', 3);
    await viewer(name, 'viewer-0').join();
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 1, status: 'live' });
  });
});
