import type { Ask } from './ask.ts';
import { Refusal } from './refusal.ts';
import type { Joined, JoinOptions, Waiting } from './types.ts';

/** Time and randomness, which tests replace. */
export interface Deps {
  /** A number in [0, 1). */
  random: () => number;
  /** Waits some milliseconds, or rejects with the signal's reason. */
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const browserDeps: Deps = {
  random: () => Math.random(),
  pause: (ms, signal) => {
    let timer: ReturnType<typeof setTimeout>;
    const pausing = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    return unlessAborted(pausing, signal).finally(() => clearTimeout(timer));
  },
};

/** The same promise, which rejects with the signal's reason as soon as the signal is aborted. */
function unlessAborted<Value>(pending: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    const forget = () => signal?.removeEventListener('abort', abort);
    pending.then(resolve, reject).then(forget);
  });
}

interface Joiner {
  ask: Ask;
  /** Returns the seat of an aborted join. Without `joined` the response is unknown, and the join may have taken a seat. */
  giveBack: (meeting: string, joined?: Joined) => Promise<unknown>;
  deps: Deps;
}

/** The longest time that a join waits for an earlier seat to be returned (milliseconds). */
const GIVE_BACK_MS = 5000;

/**
 * Joins a meeting: retries, each time after the delay that the service gives, until there is a seat or a final refusal.
 * The signal ends the waiting at once. A request in progress then continues, because its response tells whether there
 * is a seat to return. The next join of the same meeting waits until that seat is returned, because it would get the
 * same seat.
 */
export function joiner({ ask, giveBack, deps }: Joiner) {
  const givingBack = new Map<string, Promise<unknown>>();

  return async (meeting: string, { signal, onWaiting, ...body }: JoinOptions = {}): Promise<Joined> => {
    const last = givingBack.get(meeting);
    if (last) await Promise.race([last, deps.pause(GIVE_BACK_MS, signal)]);
    let waited = false;
    const attempts = attemptsAt(
      () => ask({ method: 'POST', path: [meeting, 'join'], body: waited ? { ...body, waited } : body }),
      deps.random,
    );
    try {
      for (;;) {
        signal?.throwIfAborted();
        const answer = await unlessAborted(attempts.next(), signal);
        if ('Meeting' in answer) return answer;
        const { reason, retryAfterMs, detail, startsAt } = answer;
        onWaiting?.({ reason, retryAfterMs, ...(detail && { detail }), ...(startsAt && { startsAt }) });
        waited ||= reason === 'opening';
        await deps.pause(retryAfterMs, signal);
      }
    } catch (error) {
      if (signal?.aborted) {
        const given = attempts
          .seat()
          .then((seat) => seat && giveBack(meeting, seat === 'perhaps' ? undefined : seat));
        givingBack.set(
          meeting,
          given.catch(() => {}),
        );
      }
      throw error;
    }
  };
}

/** Makes one attempt after another, and keeps what the last one told its caller. */
function attemptsAt(ask: () => Promise<Joined | Waiting>, random: () => number) {
  let seat: Promise<Joined | 'perhaps' | undefined> = Promise.resolve(undefined);
  let failures = 0;
  return {
    next: (): Promise<Joined | Waiting> => {
      const asked = ask().then(ofTheContract);
      seat = asked.then(
        (answer) => ('Meeting' in answer ? answer : undefined),
        (error) => (isPassing(error) ? 'perhaps' : undefined),
      );
      const answered = (answer: Joined | Waiting) => {
        failures = 0;
        return answer;
      };
      return asked.then(answered, (error) => waitFor(error, failures++, random));
    },
    seat: () => seat,
  };
}

/** A seat, or the time of the retry. Any other body of a 2xx does not come from the service, and may be temporary. */
function ofTheContract(answer: Partial<Joined & Waiting> | undefined): Joined | Waiting {
  if (answer?.Meeting || (answer?.retryAfterMs ?? 0) > 0) return answer as Joined | Waiting;
  throw new TypeError('What came is no answer of the service.');
}

/** Consecutive failures double the shortest pause, up to this (milliseconds). */
const LONGEST_PAUSE_MS = 30_000;

/**
 * The wait after a temporary failure: at least `Retry-After`, and at least a second, which doubles with each failure. Without that a
 * crowd that is refused each time returns each time, and an overloaded service gets nothing done. Every refused client gets the same
 * whole seconds, so each adds jitter. (The service spreads a 202 itself.) Any other error is thrown.
 */
function waitFor(error: unknown, failures: number, random: () => number): Waiting {
  if (!isPassing(error)) throw error;
  const { status = 0, retryAfterMs: told = 0 } = error instanceof Refusal ? error : {};
  const retryAfterMs = Math.max(told, Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** failures));
  const reason = status === 429 || status === 503 ? 'busy' : 'unreachable';
  return { reason, retryAfterMs: Math.round(retryAfterMs * (1 + random())) };
}

/**
 * Whether the same request may succeed in a moment:
 * 1. The service was not reached. `fetch` rejects with a `TypeError`; in browsers also where API Gateway itself
 *    refuses, because its refusals carry no CORS headers.
 * 2. The service is busy (429) or failed (5xx).
 * 3. The response does not come from the service: it has no code of the contract, and is no 401.
 * Any other refusal is final.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return error.isPassing;
  return (error as Partial<Error> | undefined)?.name === 'TypeError'; // of any frame or library
}
