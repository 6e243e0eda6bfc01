import type { TestWorld } from '../support/local-world.ts';
import { aName, refusalOf } from '../support/people.ts';
import { stageFaults } from '../support/stage-audit.ts';
import { onStageAtChime, startStage } from '../support/stage-facts.ts';
import { aGate, type Latency, laggingWires } from '../support/stage-latency.ts';
import { audience, someone } from '../support/stage-people.ts';

let world: TestWorld;
let latency: Latency;
beforeAll(async () => {
  world = await startStage();
  latency = laggingWires();
});
afterAll(() => world.close());

/** Start something, hold it up after so many requests and answers, let something else happen, and let it go on. */
async function holdUp<Answer>(
  start: () => Promise<Answer>,
  after: number,
  meanwhile: () => Promise<unknown>,
) {
  const gate = aGate();
  latency.plan([...Array.from({ length: after }, () => 0), gate.opened]);
  const started = start();
  await latency.lastBegun();
  await meanwhile();
  gate.open();
  return started;
}

async function hall() {
  const name = aName();
  const { host } = await audience(name, ['vic']);
  return { name, host, vic: someone(name, 'vic') };
}

describe('a promotion that gets through', () => {
  it('while its viewer leaves, ends with their leaving', async () => {
    const { name, host, vic } = await hall();
    const bothAreRead = 3;
    await holdUp(vic.leave, bothAreRead, () => host.promote('vic'));
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('while its viewer is removed, ends with their removal', async () => {
    const { name, host } = await hall();
    const ida = someone(name, 'ida', { role: 'host' });
    const allIsRead = 5;
    await holdUp(
      () => ida.remove('vic'),
      allIsRead,
      () => host.promote('vic'),
    );
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('a viewer who is banned while they join', () => {
  const recordIsRead = 2;

  it('for the first time, gets no seat, and leaves none taken', async () => {
    const { name, host } = await hall();
    await host.get();
    const joining = refusalOf(
      holdUp(someone(name, 'eve').join, recordIsRead, () => host.remove('eve', { ban: true })),
    );
    expect(await joining).toBe('BANNED');
    expect((await host.get()).body).toMatchObject({ viewers: 1 });
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('and had left, does not get their seat back', async () => {
    const { name, host, vic } = await hall();
    await vic.leave();
    await host.get();
    await holdUp(vic.join, recordIsRead, () => host.remove('vic', { ban: true })).catch(() => undefined);
    expect((await host.get()).body).toMatchObject({ viewers: 0 });
    expect(await stageFaults(world, name)).toEqual([]);
    expect(await refusalOf(vic.join())).toBe('BANNED');
  });
});
