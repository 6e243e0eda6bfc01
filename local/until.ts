import { setTimeout } from 'node:timers/promises';

/** How often to check, and for how long at most. */
export interface Looking {
  everyMs?: number;
  withinMs?: number;
  /** Describes the last known state, for the error message. */
  told?: () => string;
}

/**
 * Waits until a condition holds, and fails after four minutes. Every loop that waits for another process uses it: an
 * unbounded loop would outlive its test.
 */
export async function until(holds: () => boolean | Promise<boolean>, looking: Looking = {}): Promise<void> {
  const { everyMs = 20, withinMs = 240_000, told = () => '' } = looking;
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`in vain: ${holds} ${told()}`);
    await setTimeout(everyMs);
  }
}
