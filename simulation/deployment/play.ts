import { createContainer, currentContainer, useContainer } from '../../lib/container.ts';
import { chanceOf } from '../chance.ts';
import type { Deployment } from './deployment.ts';

/** After this many turns of the event loop without a scheduled event, an error reports that the program waits for nothing. */
const IDLE_TURNS_AT_MOST = 10_000;
const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Runs a program in a deployment's virtual time, until it is over. Meanwhile the SDK's timers and jitter, and `Date.now`, come
 * from the deployment and the seed. The real ones are put back afterwards.
 */
export async function play<T>(deployment: Deployment, seed: number, program: () => Promise<T>): Promise<T> {
  const { clock } = deployment;
  const { setTimeout: realTimeout } = globalThis;
  const { random } = Math;
  const { now } = Date;
  const virtual = (happen: () => void, ms = 0) => void clock.after(Math.ceil(ms), happen, clock.container);
  Object.assign(globalThis, { setTimeout: virtual });
  Object.assign(Math, { random: chanceOf(seed, 'jitter').next });
  Object.assign(Date, { now: () => Math.floor(clock.now) });
  try {
    return await untilOver(deployment, program());
  } finally {
    Object.assign(globalThis, { setTimeout: realTimeout });
    Object.assign(Math, { random });
    Object.assign(Date, { now });
    useContainer(createContainer(currentContainer()));
  }
}

/** Runs one callback after the other, and all that follows from each before the next. */
async function untilOver<T>({ clock }: Deployment, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  work.then(over, over);
  for (let idle = 0; !isOver; ) {
    idle = clock.step() ? 0 : idle + 1;
    if (idle > IDLE_TURNS_AT_MOST) throw new Error('Nothing is left to happen, and the program waits');
    await turnOfTheLoop();
  }
  return work;
}
