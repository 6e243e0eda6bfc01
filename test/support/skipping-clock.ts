/**
 * The clock of a test's requests. It goes on with real time, until `skipWaits`. It never goes back, because earlier calls would find
 * the quota reserved by later ones.
 */
export interface SkippingClock {
  now: () => number;
  /** Waits by this clock. */
  pause: (ms: number) => Promise<void>;
  /** Advances the clock. */
  pass: (ms: number) => void;
  /** Does work in real time: nothing is skipped before it ends. By a clock that stands still it takes a millisecond. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * From now on, this clock and `Date.now` of this test file stand still while the file works, however slow the machine is.
   * `setTimeout`, and so the SDK's pause before a retry, waits by this clock. It goes on by that time, without a wait where no work is
   * under way. Reports the time that it goes on by.
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
  const goOnTo = (due: number) => {
    const skippedMs = Math.max(0, due - now());
    aheadMs += skippedMs;
    report?.(skippedMs);
  };

  /** Skips to the time of the next timer, once all that the last response caused has happened. */
  const check = () => {
    if (!report || isChecking || timers.size === 0) return;
    isChecking = true;
    afterTurns(TURNS, () => {
      isChecking = false;
      if (underWay > 0 || timers.size === 0) return;
      const due = Math.min(...[...timers.values()].map((timer) => timer.due));
      goOnTo(due);
      for (const timer of timers.values()) if (timer.due <= due) timer.fire();
      check();
    });
  };
  const startTimer = (happen: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const fire = () => {
      stopTimer(timer);
      happen(...args);
    };
    const due = now() + ms;
    const timer = real.setTimeout(() => {
      if (report) goOnTo(due);
      fire();
    }, ms);
    timers.set(timer, { due, fire });
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
      const end = now() + 1;
      try {
        return await work();
      } finally {
        underWay--;
        if (report) goOnTo(end);
        check();
      }
    },
    skipWaits: (skipped) => {
      report = skipped;
      const stands = Date.now();
      Date.now = () => stands;
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
