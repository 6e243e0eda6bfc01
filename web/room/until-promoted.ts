import type { World } from '../../client/join.ts';
import { Refusal } from '../../client/refusal.ts';
import type { Promotion } from '../../client/types.ts';

/** Between two looks, in milliseconds: at least so long, and at most so much longer. */
export const LEAST_MS = 2500;
export const SPREAD_MS = 2000;

/**
 * Look for a promotion until there is one. Only people with a hand up look, so that an audience of thousands costs
 * nothing; each at a pace of their own, so that a show of hands does not ask as one.
 */
export async function untilPromoted(
  look: () => Promise<Promotion>,
  { random, pause }: World,
  signal: AbortSignal,
): Promise<Promotion> {
  for (;;) {
    await pause(LEAST_MS + random() * SPREAD_MS, signal);
    const found = await look().catch(unlessItMayCome);
    signal.throwIfAborted();
    if (found) return found;
  }
}

/** Not promoted yet, a busy service and a network that failed once are no reason to stop looking. */
function unlessItMayCome(error: unknown): undefined {
  const mayCome = !(error instanceof Refusal) || error.code === 'NOT_PROMOTED' || error.status >= 429;
  if (!mayCome) throw error;
}
