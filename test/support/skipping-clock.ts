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
  /**
   * From now on, `setTimeout` of this test file, and so the SDK's pause before a retry, waits by this clock. Waiting is skipped
   * whenever no work is under way. Reports the skipped time.
   */
  skipWaits: (skipped: (ms: number) => void) => void;
}

/** Long enough for a chain of promises between two requests, such as a retry of the SDK without a wait. */
const TURNS = 3;

const real = { setTimeout, clearTimeout };

function createSkippingClock(): SkippingClock {
  let aheadMs = 0;
  let underWay = 0;
  let isChecking = false;
  let report: ((ms: number) => void) | undefined;
  /** The timers that have not fired, with the time at which each is due, and what it does. */
  const timers = new Map<NodeJS.Timeout, { due: number; fire: () => void }>();
  const now = () => Date.now() + aheadMs;

  /** Skips to the time of the next timer, once all that the last response caused has happened. */
  const check = () => {
    if (!report || isChecking || timers.size === 0) return;
    isChecking = true;
    afterTurns(TURNS, () => {
      isChecking = false;
      if (underWay > 0 || timers.size === 0) return;
      const due = Math.min(...[...timers.values()].map((timer) => timer.due));
      const skippedMs = Math.max(0, due - now());
      aheadMs += skippedMs;
      report?.(skippedMs);
      for (const timer of timers.values()) if (timer.due <= due) timer.fire();
      check();
    });
  };
  const startTimer = (happen: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const fire = () => {
      stopTimer(timer);
      happen(...args);
    };
    const timer = real.setTimeout(fire, ms);
    timers.set(timer, { due: now() + ms, fire });
    check();
    return timer;
  };
  const stopTimer = (timer?: NodeJS.Timeout) => {
    real.clearTimeout(timer);
    if (timer) timers.delete(timer);
  };
  return {
    now,
    pause: (ms) => new Promise((resolve) => startTimer(() => resolve(), ms)),
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
      Object.assign(globalThis, { setTimeout: startTimer, clearTimeout: stopTimer });
    },
  };
}

function afterTurns(turns: number, happen: () => void): void {
  if (turns === 0) happen();
  else setImmediate(() => afterTurns(turns - 1, happen));
}

/** The clock of the requests of this test file. Over sockets it is real time, which a test may advance. */
export const clock = createSkippingClock();
