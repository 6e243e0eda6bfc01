import type { Answer } from '../../lib/context.ts';
import { Refusal } from '../../lib/refusals.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { attendeeAtChime } from '../support/stage/facts.ts';

const PRESENTERS = 100;
/** The default quota: ten calls a second, with a burst of twenty. */
const PRESSES_AT_MOST = 4;
const UNUSUAL = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'None' };

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function seat(join: () => Promise<Answer>): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await join().catch((error: unknown) => {
      if (error instanceof Refusal && error.retryAfterMs) return undefined;
      throw error;
    });
    if (answer?.status === 200) return;
    await clock.pause(1000);
  }
  throw new Error('still waiting');
}

describe('a hundred presenters with unusual capabilities', () => {
  it(`are all muted after at most ${PRESSES_AT_MOST} requests, within the default quota`, async () => {
    const name = uniqueMeetingId();
    const host = person(name, 'the-host', { role: 'host' });
    await seat(() => host.join());
    const names = Array.from({ length: PRESENTERS }, (_, n) => `presenter-${n}`);
    for (const who of names) {
      await clock.pause(100);
      await seat(() => person(name, who, { role: 'presenter' }).join({ capabilities: UNUSUAL }));
    }
    const heard = () =>
      names.filter((who) => attendeeAtChime(world, name, who)?.capabilities.Audio === 'SendReceive').length;
    expect(heard()).toBe(PRESENTERS);
    const left: number[] = [];
    let status = 0;
    for (let press = 0; press < PRESSES_AT_MOST && status !== 204; press++) {
      status = await host.muteAll().then(
        (answer) => answer.status,
        (error: Refusal) => Number(error.code === 'TOO_MANY_REQUESTS') * 429,
      );
      left.push(heard());
      await clock.pause(1000); // as Retry-After says
    }
    expect([status, left.at(-1)]).toEqual([204, 0]);
    expect(left).toEqual(left.toSorted((a, b) => b - a)); // each press gets further
    expect(left[0]).toBeLessThan(PRESENTERS - 20);
    const { calls } = world.emulator.state;
    expect(calls.UpdateAttendeeCapabilities).toEqual({ '200': PRESENTERS });
    for (const who of names)
      expect(attendeeAtChime(world, name, who)?.capabilities).toEqual({ ...UNUSUAL, Audio: 'Receive' });
  }, 120_000);
});
