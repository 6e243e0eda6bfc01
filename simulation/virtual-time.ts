import type { Chance } from './chance.ts';
import { type Agenda, later } from './scheduler.ts';

/**
 * Runs a function under the agenda's time and a seed's randomness: the SDK's own retries wait for virtual milliseconds, with a
 * jitter that is the same in every run. The real ones are put back afterwards.
 */
export async function underVirtualTime(
  agenda: Agenda,
  { next }: Chance,
  run: () => Promise<void>,
): Promise<void> {
  const { setTimeout: realTimeout } = globalThis;
  const { random } = Math;
  const { now } = Date;
  const virtual = (happen: () => void, ms = 0) => {
    if (!agenda.current) return realTimeout(happen, ms);
    later(agenda, ms, happen);
    return undefined;
  };
  Object.assign(globalThis, { setTimeout: virtual });
  Object.assign(Math, { random: next });
  Object.assign(Date, { now: () => agenda.now });
  try {
    await run();
  } finally {
    Object.assign(globalThis, { setTimeout: realTimeout });
    Object.assign(Math, { random });
    Object.assign(Date, { now });
  }
}
