/** The emulator's time: a source, and an offset. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(ms: number): void;
  reset(): void;
}

/** Creates a clock that follows its source and can be advanced, never set back. */
export function createClock(source: () => number = () => Date.now()): Clock {
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
