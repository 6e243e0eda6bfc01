import { setTimeout } from 'node:timers/promises';

/** How often to look, and for how long at most. */
export interface Looking {
  everyMs?: number;
  withinMs?: number;
  /** What is known when time is up, for the error message. */
  told?: () => string;
}

/**
 * Wait until a fact holds, and fail after four minutes. Every loop that waits for another process goes through here: one
 * without an end would go on after its test.
 */
export async function until(holds: () => boolean | Promise<boolean>, looking: Looking = {}): Promise<void> {
  const { everyMs = 20, withinMs = 240_000, told = () => '' } = looking;
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${holds} ${told()}`);
    await setTimeout(everyMs);
  }
}
