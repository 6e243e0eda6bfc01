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
  /** Does work in real time: nothing is skipped before it ends. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  /** From now on, skips waiting whenever no such work is under way, and reports the skipped time. Before, it is real time. */
  skipWaits: (skipped: (ms: number) => void) => void;
}

interface Waiter {
  due: number;
  resume: () => void;
}

/** Long enough for a chain of promises between two requests, such as a retry of the SDK without a wait. */
const TURNS = 3;

function createSkippingClock(): SkippingClock {
  let aheadMs = 0;
  let underWay = 0;
  let isChecking = false;
  let report: ((ms: number) => void) | undefined;
  const waiters = new Set<Waiter>();
  const now = () => Date.now() + aheadMs;

  /** Skips to the end of the shortest wait, once all that the last response caused has happened. */
  const check = () => {
    if (!report || isChecking || waiters.size === 0) return;
    isChecking = true;
    afterTurns(TURNS, () => {
      isChecking = false;
      if (underWay > 0 || waiters.size === 0) return;
      const due = Math.min(...[...waiters].map((waiter) => waiter.due));
      const skippedMs = Math.max(0, due - now());
      aheadMs += skippedMs;
      report?.(skippedMs);
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
    during: async (work) => {
      underWay++;
      try {
        return await work();
      } finally {
        underWay--;
        check();
      }
    },
    skipWaits: (skipped) => {
      report = skipped;
    },
  };
}

function afterTurns(turns: number, happen: () => void): void {
  if (turns === 0) happen();
  else setImmediate(() => afterTurns(turns - 1, happen));
}

/** The clock of the requests of this test file. Over sockets it is real time, which a test may advance. */
export const clock = createSkippingClock();
