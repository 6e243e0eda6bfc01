import type { Ask } from './ask.ts';
import { Refusal } from './refusal.ts';
import type { Joined, JoinOptions, Waiting } from './types.ts';

/** Time and chance, which tests bring themselves. */
export interface World {
  /** A number in [0, 1). */
  random: () => number;
  /** Let some milliseconds pass, or reject with the signal's reason. */
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const world: World = {
  random: () => Math.random(),
  pause: (ms, signal) =>
    new Promise((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
    }),
};

/** Ask for a seat until there is one, each time after as long as the service says; or until it refuses for good. */
export async function join(
  ask: Ask,
  { path, signal, onWaiting, ...body }: JoinOptions & { path: readonly string[] },
  { random, pause }: World,
): Promise<Joined> {
  for (;;) {
    signal?.throwIfAborted();
    const question = { method: 'POST', path, body, signal } as const;
    const answer = await ask<Joined | Waiting>(question).catch((error) => busy(error, random));
    if ('Meeting' in answer) return answer;
    const { reason, retryAfterMs, detail } = answer;
    onWaiting?.({ reason, retryAfterMs, ...(detail && { detail }) });
    await pause(retryAfterMs, signal);
  }
}

/**
 * A 429 or 503 is a wait, anything else is thrown. All who were turned away are told the same whole seconds, so each adds
 * a part of their own: the crowd must not come back as one. (A 202 is spread by the service already.)
 */
function busy(error: unknown, random: () => number): Waiting {
  const { status = 0, retryAfterMs = 1000 } = error instanceof Refusal ? error : {};
  if (status !== 429 && status !== 503) throw error;
  return { reason: 'busy', retryAfterMs: Math.round(retryAfterMs * (1 + random())) };
}
