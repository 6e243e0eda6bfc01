import { type Deps, isPassing, type Promotion, Refusal } from '../balcony.ts';

/** The pause between two requests, in milliseconds: a minimum, and a jitter on top. */
export const LEAST_MS = 2500;
export const SPREAD_MS = 2000;

/**
 * `hoped-for`: a hand is up, and a host may grant a promotion at any time. `expected`: a promotion exists, as the service or
 * a host's page said, or it was lost with a connection.
 */
export type Prospect = 'hoped-for' | 'expected';

export interface Search {
  prospect: Prospect;
  /** When the first request is sent. Default: at once for an expected promotion. */
  first?: 'at-once' | 'after-a-pause' | undefined;
  signal: AbortSignal;
}

/**
 * Polls for a promotion until there is one.
 * - `hoped-for`: asks at intervals with jitter. Only pages with a raised hand poll, so an audience of thousands costs
 *   nothing.
 * - `expected`: asks at once; the refusal NOT_PROMOTED ends the search.
 * A temporary failure ends neither.
 */
export async function untilPromoted(
  look: () => Promise<Promotion>,
  { random, pause }: Deps,
  { prospect, first = prospect === 'expected' ? 'at-once' : 'after-a-pause', signal }: Search,
): Promise<Promotion> {
  for (let looks = 0; ; looks++) {
    if (looks > 0 || first === 'after-a-pause') await pause(LEAST_MS + random() * SPREAD_MS, signal);
    const found = await look().catch((error) => unlessItMayCome(error, prospect));
    signal.throwIfAborted();
    if (found) return found;
  }
}

/** Ignores temporary failures, such as a busy service or a failed connection. */
function unlessItMayCome(error: unknown, prospect: Prospect): undefined {
  const isComing = error instanceof Refusal && error.code === 'NOT_PROMOTED' && prospect === 'hoped-for';
  if (isComing || isPassing(error)) return;
  throw error;
}
