import { participantKey } from '../../lib/store/keys.ts';
import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { stageFaults } from '../support/stage/audit.ts';
import { onStageAtChime, startStage } from '../support/stage/facts.ts';
import { type Held, type Latency, laggingWires } from '../support/stage/latency.ts';
import { audience, someone } from '../support/stage/people.ts';

let world: TestWorld;
let latency: Latency;
beforeAll(async () => {
  world = await startStage();
  latency = laggingWires();
});
afterAll(() => world.close());

/** Starts a task, holds it at one of its requests, runs another task, and lets the first go on. */
async function holdUp<Answer>(start: () => Promise<Answer>, held: Held, meanwhile: () => Promise<unknown>) {
  const gate = latency.hold(held);
  const started = start();
  await gate.reached;
  await meanwhile();
  gate.open();
  return started;
}

/** After a request has read the person's record. */
const recordIsRead = (name: string, who: string): Held => ({
  operation: 'GetItem',
  item: participantKey(name, who),
  at: 'answer',
});

/** Before a request changes the person's record. */
const recordIsToChange = (name: string, who: string): Held => ({
  operation: 'UpdateItem',
  item: participantKey(name, who),
  at: 'request',
});

async function hall() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic']);
  return { name, host, vic: someone(name, 'vic') };
}

describe('a promotion that succeeds', () => {
  it('while its viewer leaves ends with the departure', async () => {
    const { name, host, vic } = await hall();
    await holdUp(vic.leave, recordIsToChange(name, 'vic'), () => host.promote('vic'));
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('while its viewer is removed ends with the removal', async () => {
    const { name, host } = await hall();
    const ida = someone(name, 'ida', { role: 'host' });
    await holdUp(
      () => ida.remove('vic'),
      recordIsToChange(name, 'vic'),
      () => host.promote('vic'),
    );
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('a viewer who is banned while they join', () => {
  it('for the first time gets no seat, and leaves none taken', async () => {
    const { name, host } = await hall();
    await host.get();
    const joining = refusalOf(
      holdUp(someone(name, 'eve').join, recordIsRead(name, 'eve'), () => host.remove('eve', { ban: true })),
    );
    expect(await joining).toBe('BANNED');
    expect((await host.get()).body).toMatchObject({ viewers: 1 });
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('after having left does not get the seat back', async () => {
    const { name, host, vic } = await hall();
    await vic.leave();
    await host.get();
    await holdUp(vic.join, recordIsRead(name, 'vic'), () => host.remove('vic', { ban: true })).catch(
      () => undefined,
    );
    expect((await host.get()).body).toMatchObject({ viewers: 0 });
    expect(await stageFaults(world, name)).toEqual([]);
    expect(await refusalOf(vic.join())).toBe('BANNED');
  });
});
