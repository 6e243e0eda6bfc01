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
  pause: (ms, signal) => {
    let timer: ReturnType<typeof setTimeout>;
    const pausing = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    return unlessAborted(pausing, signal).finally(() => clearTimeout(timer));
  },
};

/** The same, or a rejection with the signal's reason as soon as that is aborted. */
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
  /** Give back the seat of a join that was aborted, or what it may have taken: then its answer is not known. */
  giveBack: (meeting: string, joined?: Joined) => Promise<unknown>;
  outside: World;
}

/** No join waits longer than this for an earlier one to be given back (milliseconds). */
const GIVE_BACK_MS = 5000;

/**
 * Join a meeting: ask until there is a seat, each time after as long as the service says; or until it refuses for good. The signal ends
 * the waiting at once. A request that is under way then goes on, for its answer tells whether there is a seat to give back; the next
 * join of the same meeting waits for that, since it would be given the same seat.
 */
export function joiner({ ask, giveBack, outside }: Joiner) {
  const givingBack = new Map<string, Promise<unknown>>();

  return async (meeting: string, { signal, onWaiting, ...body }: JoinOptions = {}): Promise<Joined> => {
    const last = givingBack.get(meeting);
    if (last) await Promise.race([last, outside.pause(GIVE_BACK_MS, signal)]);
    const attempts = attemptsAt(() => ask({ method: 'POST', path: [meeting, 'join'], body }), outside.random);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const answer = await unlessAborted(attempts.next(), signal);
        if ('Meeting' in answer) return answer;
        const { reason, retryAfterMs, detail } = answer;
        onWaiting?.({ reason, retryAfterMs, ...(detail && { detail }) });
        await outside.pause(retryAfterMs, signal);
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

/** One attempt after another, and what the last of them left its caller with. */
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

/** A seat, or when to ask again. Whatever else came with a 2xx is not of the service, and may pass. */
function ofTheContract(answer: Partial<Joined & Waiting> | undefined): Joined | Waiting {
  if (answer?.Meeting || (answer?.retryAfterMs ?? 0) > 0) return answer as Joined | Waiting;
  throw new TypeError('What came is no answer of the service.');
}

/** Failures in a row double the pause, up to this (milliseconds). */
const LONGEST_PAUSE_MS = 30_000;

/**
 * A failure that passes is a wait: as long as `Retry-After` says, else a pause that doubles with each failure. All who were turned
 * away are told the same whole seconds, so each adds a part of their own: the crowd must not come back as one. (A 202 is spread by the
 * service already.) Any other error is thrown.
 */
function waitFor(error: unknown, failures: number, random: () => number): Waiting {
  if (!isPassing(error)) throw error;
  const { status = 0, retryAfterMs = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** failures) } =
    error instanceof Refusal ? error : {};
  const reason = status === 429 || status === 503 ? 'busy' : 'unreachable';
  return { reason, retryAfterMs: Math.round(retryAfterMs * (1 + random())) };
}

/**
 * May the same request succeed in a moment? So it is where the service was not reached (`fetch` rejects with a `TypeError`, in browsers
 * also where API Gateway refuses by itself, since it adds no CORS headers), where it broke or is busy, and where an answer is not of
 * its contract. A refusal with a code of the contract is final.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return error.isPassing;
  return (error as Partial<Error> | undefined)?.name === 'TypeError'; // of whichever frame or library
}
