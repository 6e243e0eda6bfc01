import type { Traffic } from './wire.ts';

/**
 * The clock of a test's requests. It goes on with real time, and skips the time in which every request only waits. It never goes
 * back, because earlier calls would find the quota reserved by later ones.
 */
export interface SkippingClock {
  now: () => number;
  /** Waits by this clock. */
  pause: (ms: number) => Promise<void>;
  /** Advances the clock. */
  pass: (ms: number) => void;
  /**
   * Skips waiting whenever no request of this traffic is in flight, at Chime as well. Without it, the clock only goes on with real
   * time.
   */
  follow: (traffic: Traffic) => void;
}

interface Waiter {
  due: number;
  resume: () => void;
}

function createSkippingClock(): SkippingClock {
  let aheadMs = 0;
  let traffic: Traffic | undefined;
  let isChecking = false;
  const waiters = new Set<Waiter>();
  const now = () => Date.now() + aheadMs;

  /** Skips to the end of the shortest wait, once what the last response caused has happened. */
  const check = () => {
    if (!traffic || isChecking || waiters.size === 0) return;
    isChecking = true;
    afterTurns(TURNS, () => {
      isChecking = false;
      if (traffic?.inFlight !== 0 || waiters.size === 0) return;
      const due = Math.min(...[...waiters].map((waiter) => waiter.due));
      const skippedMs = Math.max(0, due - now());
      aheadMs += skippedMs;
      traffic.pass(skippedMs);
      for (const waiter of waiters) if (waiter.due <= due) waiter.resume();
      check();
    });
  };
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => waiter.resume(), ms);
      const resume = () => {
        clearTimeout(timer);
        waiters.delete(waiter);
        resolve();
      };
      const waiter: Waiter = { due: now() + ms, resume };
      waiters.add(waiter);
      check();
    });
  return {
    now,
    pause,
    pass: (ms) => {
      aheadMs += ms;
    },
    follow: (followed) => {
      traffic = followed;
      followed.onResponse = check;
    },
  };
}

/** The clock of the requests of this test file. Over sockets it is real time, which a test may advance. */
export const clock = createSkippingClock();

/** Long enough for a chain of promises between two requests, such as the SDK's retries without a wait. */
const TURNS = 3;

function afterTurns(turns: number, happen: () => void): void {
  if (turns === 0) happen();
  else setImmediate(() => afterTurns(turns - 1, happen));
}
