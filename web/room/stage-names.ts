import type { World } from '../../client/join.ts';
import type { Topology } from '../../client/types.ts';

/** A whole audience sees a new person on stage at the same moment, and must not ask as one; hosts and presenters are few (milliseconds). */
export const SPREAD_MS = { viewer: 10_000, host: 500, presenter: 500 };

interface Asking {
  /** Ask the service who is on stage. */
  look: () => Promise<Topology>;
  /** Called when names may have become known. */
  onNews: () => void;
  /** Each asks at a moment of their own within so many milliseconds. */
  spreadMs: number;
  signal: AbortSignal;
}

/**
 * The display names of people on stage. Chime tells their ids only, so the service is asked when an id appears that is not known; once
 * for all that appear within the spread, and again after one where that fails. Until then a person is shown by the id.
 */
export function stageNames({ look, onNews, spreadMs, signal }: Asking, { random, pause }: World) {
  const known = new Map<string, string | undefined>();
  let isAsking = false;

  const ask = async (leastMs = 0): Promise<void> => {
    isAsking = true;
    await pause(leastMs + random() * spreadMs, signal);
    isAsking = false; // a person who appears from now on may be missing in the answer
    const answer = await look().catch(() => undefined);
    if (!answer && !isAsking) return ask(spreadMs);
    for (const { externalUserId, displayName } of answer?.stage ?? []) known.set(externalUserId, displayName);
    if (answer) onNews();
  };

  return {
    /** What to call a person, as far as it is known by now. */
    of: (externalUserId: string): string => {
      if (!known.has(externalUserId)) {
        known.set(externalUserId, undefined);
        if (!isAsking) ask().catch(() => undefined); // the session is over
      }
      return known.get(externalUserId) ?? externalUserId;
    },
  };
}
