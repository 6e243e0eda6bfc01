import { isPassing, type World } from '../../client/join.ts';
import { Refusal } from '../../client/refusal.ts';
import type { Promotion } from '../../client/types.ts';

/** Between two looks, in milliseconds: at least so long, and at most so much longer. */
export const LEAST_MS = 2500;
export const SPREAD_MS = 2000;

/**
 * `hoped-for`: a hand is up, and a host may grant a promotion at any time. `expected`: there is one, as the service or a host's page
 * said, or it was lost with a connection.
 */
export type Prospect = 'hoped-for' | 'expected';

export interface Search {
  prospect: Prospect;
  /** When the first look is taken; a promotion that is expected is looked for at once, unless this says otherwise. */
  first?: 'at-once' | 'after-a-pause' | undefined;
  signal: AbortSignal;
}

/**
 * Look for a promotion until there is one. One that is hoped for is looked for at a pace: only people with a hand up look, so that an
 * audience of thousands costs nothing, and each at a pace of their own, so that a show of hands does not ask as one. One that is
 * expected is looked for at once, and the refusal NOT_PROMOTED ends the search. A failure that passes ends neither.
 */
export async function untilPromoted(
  look: () => Promise<Promotion>,
  { random, pause }: World,
  { prospect, first = prospect === 'expected' ? 'at-once' : 'after-a-pause', signal }: Search,
): Promise<Promotion> {
  for (let looks = 0; ; looks++) {
    if (looks > 0 || first === 'after-a-pause') await pause(LEAST_MS + random() * SPREAD_MS, signal);
    const found = await look().catch((error) => unlessItMayCome(error, prospect));
    signal.throwIfAborted();
    if (found) return found;
  }
}

/** A busy service and a network that failed once are no reason to stop looking. */
function unlessItMayCome(error: unknown, prospect: Prospect): undefined {
  const isComing = error instanceof Refusal && error.code === 'NOT_PROMOTED' && prospect === 'hoped-for';
  if (isComing || isPassing(error)) return;
  throw error;
}
