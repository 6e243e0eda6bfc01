import { rememberLeftover } from '../../lib/store/leftovers.ts';
import { setWish } from '../../lib/store/topology/captions.ts';
import { setForecast } from '../../lib/store/topology/forecasts.ts';
import { enterStage } from '../../lib/store/topology/stage.ts';
import { calmNames } from './calm-names.ts';
import { ONE_REGION, SMALL, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
const MINUTE = 61_000;
const FIVE_MINUTES = 300_001;

const { calmName, isLookedAt, tell } = calmNames(world);

describe('a name whose records show nothing to repair', () => {
  it('is looked at every five minutes, and its primary is checked every two minutes', async () => {
    await calmName();
    const calls = () => [chime.callsOf('ListAttendees'), chime.callsOf('GetMeeting')];
    const [lists = 0, gets = 0] = calls();
    const told: number[][] = [];
    for (let minute = 1; minute <= 5; minute++) {
      await world.reconcileLater(minute === 5 ? FIVE_MINUTES - 4 * MINUTE : MINUTE);
      const [listed = 0, got = 0] = calls();
      told.push([listed - lists, got - gets]);
    }
    expect(told).toEqual([
      [0, 0],
      [0, 1],
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
  });

  it('gets its next epoch within two passes of a death that no event told', async () => {
    const name = await calmName();
    chime.kill(world.primaryOf(name));
    await world.reconcileLater();
    expect(await world.topologyOf(name)).toMatchObject({ status: 'live', epoch: 1 });
    await world.reconcileLater();
    expect(await world.topologyOf(name)).toMatchObject({ status: 'scheduled', epoch: 2 });
  });

  it('is not checked after an event told that a person is connected', async () => {
    const name = await calmName();
    await world.reconcileLater();
    await tell(name, 'AttendeeJoined');
    const checkedAt = async () => (await world.topologyOf(name)).primary?.checkedAt;
    const before = await checkedAt();
    await world.reconcileLater();
    expect(await checkedAt()).toBe(before);
    await world.reconcileLater();
    expect(await checkedAt()).not.toBe(before);
  });

  it('is looked at every two minutes while it has a replica', async () => {
    const name = await calmName();
    await world.person(name, 'vera').seat(ONE_REGION);
    await world.reconcileLater(FIVE_MINUTES);
    expect(await isLookedAt(name)).toBe(false);
    expect(await isLookedAt(name)).toBe(true);
  });

  it('is looked at again a minute later where Chime did not answer', async () => {
    const name = await calmName();
    for (const operation of ['ListAttendees', 'GetMeeting'] as const)
      chime.strike(operation, 'error-503', 99);
    expect(await isLookedAt(name, FIVE_MINUTES)).toBe(true);
    chime.world.emulator.state.faults = [];
    expect(await isLookedAt(name)).toBe(true);
    expect(await isLookedAt(name)).toBe(false);
  });
});

describe('a name in trouble is looked at within a minute', () => {
  it('where its primary died, and only the event of a lost connection arrived', async () => {
    const name = await calmName();
    await tell(name, 'AttendeeDropped');
    chime.kill(world.primaryOf(name));
    await world.reconcileLater();
    expect(await world.topologyOf(name)).toMatchObject({ status: 'scheduled', epoch: 2 });
  });

  it('where a request that opened a replica died', async () => {
    const name = await calmName();
    chime.strike('CreateMeeting', 'timeout-after', 3);
    expect((await world.person(name, 'vera').join(ONE_REGION)).status).toBe(202);
    await world.reconcileLater();
    expect((await world.topologyOf(name)).replicas).toMatchObject([{ state: 'open' }]);
  });

  it('where the stage has a name without a record', async () => {
    const name = await calmName();
    await enterStage(await world.topologyOf(name), 'eve');
    await world.reconcileLater();
    expect([...(await world.topologyOf(name)).stage]).toEqual(['the-host']);
    expect(await isLookedAt(name)).toBe(true); // to see that all is right now
    expect(await isLookedAt(name)).toBe(false);
  });

  it('where seats of the forecast are missing', async () => {
    const name = await calmName();
    await setForecast(await world.topologyOf(name), { 'us-east-1': 5 });
    await world.reconcileLater();
    expect((await world.topologyOf(name)).replicas).toMatchObject([{ state: 'open' }]);
  });

  it('where viewers wait for the start and have no seats yet', async () => {
    const startsAt = new Date(world.now() + 3_600_000).toISOString(); // they return after 40 s at the earliest
    const name = await calmName({ ...SMALL, startsAt });
    world.pass(MINUTE);
    for (let n = 0; n < 3; n++) {
      await world.person(name, `viewer-${n}`).join(ONE_REGION);
      world.pass(1000); // so that the container reports the answer before
    }
    await world.person(name, 'viewer-3').join(ONE_REGION);
    await world.reconcileNow();
    expect((await world.topologyOf(name)).replicas).toMatchObject([{ state: 'open' }]);
  });

  it('where Chime was not asked yet for the captions that a host wants', async () => {
    const name = await calmName();
    await setWish(await world.topologyOf(name), {
      version: 1,
      by: 'the-host',
      settings: { languageCode: 'de-DE' },
    });
    await world.reconcileLater();
    const { configuration } = world.primaryOf(name)?.transcription ?? {};
    expect(configuration?.EngineTranscribeSettings).toMatchObject({ LanguageCode: 'de-DE' });
  });

  it('where a meeting may live that no record names', async () => {
    const name = await calmName();
    const topology = await world.topologyOf(name);
    const leftover = {
      incarnation: 'an-earlier-one',
      epoch: 1,
      place: 'primary',
      mediaRegion: 'us-east-1',
    } as const;
    await rememberLeftover(topology, { ...leftover, since: world.now() }, world.now());
    expect(await isLookedAt(name)).toBe(true);
  });

  it('where no event tells that a person is connected, each minute', async () => {
    const { name } = await world.house(0);
    for (let n = 0; n < 3; n++) expect(await isLookedAt(name)).toBe(true);
  });
});
