/** Time as the emulator sees it: a source, and how far it was pushed ahead. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(ms: number): void;
  reset(): void;
}

/** A clock that runs with its source and can be pushed ahead, never back. */
export function createClock(source: () => number = Date.now): Clock {
  let aheadMs = 0;
  return {
    now: () => source() + aheadMs,
    advance: (ms) => {
      aheadMs += ms;
    },
    reset: () => {
      aheadMs = 0;
    },
  };
}
