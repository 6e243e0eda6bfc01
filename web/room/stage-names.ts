import type { Topology } from '../../client/balcony.ts';
import type { Deps } from '../../client/join.ts';

/**
 * The jitter before a page asks for names (milliseconds). A whole audience sees a new person on stage at the same moment;
 * hosts and presenters are few.
 */
export const SPREAD_MS = { viewer: 10_000, host: 500, presenter: 500 };

interface Asking {
  /** Asks the service for the people on stage. */
  look: () => Promise<Topology>;
  /** Called when names may have become known. */
  onNews: () => void;
  /** The jitter of one page, in milliseconds. */
  spreadMs: number;
  signal: AbortSignal;
}

/**
 * The display names of people on stage. Chime sends only ids, so the page asks the service when an unknown id appears: once
 * for all ids within the jitter, and again if that fails. Until then the id is shown.
 */
export function stageNames({ look, onNews, spreadMs, signal }: Asking, { random, pause }: Deps) {
  const known = new Map<string, string | undefined>();
  let isAsking = false;

  const ask = async (leastMs = 0): Promise<void> => {
    isAsking = true;
    await pause(leastMs + random() * spreadMs, signal);
    isAsking = false; // a person who appears from now on may be missing in the response
    const answer = await look().catch(() => undefined);
    if (!answer && !isAsking) return ask(spreadMs);
    for (const { externalUserId, displayName } of answer?.stage ?? []) known.set(externalUserId, displayName);
    if (answer) onNews();
  };

  return {
    /** The name of a person, or the id while the name is unknown. */
    of: (externalUserId: string): string => {
      if (!known.has(externalUserId)) {
        known.set(externalUserId, undefined);
        if (!isAsking) ask().catch(() => undefined); // the session is over
      }
      return known.get(externalUserId) ?? externalUserId;
    },
  };
}
