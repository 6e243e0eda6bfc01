/** All that jest can fake but `setTimeout` and `clearTimeout`. */
const RUNS_ON = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
] as const;

/** Holds `setTimeout` for each test of the surrounding describe. Timers fire by `pass` only; sockets and all else go on. */
export function holdTimers(): { pass: (ms: number) => void } {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: [...RUNS_ON] }));
  afterEach(() => void jest.useRealTimers());
  return { pass: (ms) => jest.advanceTimersByTime(ms) };
}
