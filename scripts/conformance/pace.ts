export interface Pace {
  /** Waits for the next permit. */
  turn(): Promise<void>;
  /** Waits for this many permits, so that as many calls can be made at once. */
  save(calls: number): Promise<void>;
}

export interface Clock {
  now(): number;
  pause(ms: number): Promise<void>;
}

/** Wall time. */
export const clock: Clock = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Permits at even intervals, this many per second. */
export function pacedBy(callsPerSecond: number, { now, pause }: Clock): Pace {
  const distance = 1000 / callsPerSecond;
  let next = 0;
  let saved = 0;
  const wait = async () => {
    const from = now();
    const mine = Math.max(from, next);
    next = mine + distance;
    if (mine > from) await pause(mine - from);
  };
  return {
    turn: async () => {
      if (saved > 0) saved -= 1;
      else await wait();
    },
    save: async (calls) => {
      for (let turn = 0; turn < calls; turn++) await wait();
      saved += calls;
    },
  };
}
