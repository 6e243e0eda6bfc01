import { AsyncLocalStorage } from 'node:async_hooks';
import { aGate, type Gate } from './gate.ts';
import { wrapRequests } from './worker/requests.ts';

type Step = () => Promise<unknown>;

const steps = new AsyncLocalStorage<Step>();

/** Prepare the clients of this test file for `crossAt`. Call it once, when its world has started. */
export function prepareCrossing(): void {
  wrapRequests((send) => async (input) => {
    await steps.getStore()?.();
    return send(input);
  });
}

export interface Crossing<Work, Other> {
  work: Work;
  /** The result of the other. Undefined where the work had ended before its n-th request. */
  other: PromiseSettledResult<Other> | undefined;
}

/**
 * Runs `other` from its start to its end just before the n-th request that `work` sends to DynamoDB or Chime. Calling it for
 * every n plays each way in which the other can fall between two steps of the work, without timing.
 */
export async function crossAt<Work, Other>(
  n: number,
  work: () => Promise<Work>,
  other: () => Promise<Other>,
): Promise<Crossing<Work, Other>> {
  let sent = 0;
  let crossed: Promise<PromiseSettledResult<Other>[]> | undefined;
  const step = async () => {
    if (++sent !== n) return;
    crossed = steps.exit(() => Promise.allSettled([other()]));
    await crossed;
  };
  const done = await steps.run(step, work);
  return { work: done, other: (await crossed)?.[0] };
}

/**
 * Runs `work` until its n-th request to DynamoDB or Chime: that one, and all after it, are never sent, as when its process dies.
 * Returns whether it had that many requests.
 */
export async function dieAt(n: number, work: () => Promise<unknown>): Promise<boolean> {
  let sent = 0;
  const step = async () => {
    if (++sent >= n) throw new Error('the process is dead');
  };
  await steps.run(step, work).catch(() => undefined);
  return sent >= n;
}

export interface Interleaving<Outer, Inner> {
  outer: Outer;
  inner: Inner;
  /** Whether both works had that many requests; otherwise one of them ran to its end first. */
  isPlayed: boolean;
}

/**
 * Runs `outer` up to its n-th request, then `inner` up to its m-th, then the rest of `outer`, and then the rest of `inner`.
 * Calling it for every n and m plays each way in which the end of one work can fall between two steps of the other, where that
 * began between two steps of the first.
 */
export async function interleave<Outer, Inner>(
  { n, m }: { n: number; m: number },
  outer: () => Promise<Outer>,
  inner: () => Promise<Inner>,
): Promise<Interleaving<Outer, Inner>> {
  const outerIsHeld = aGate();
  const innerIsHeld = aGate();
  const holdAt = (at: number, gate: Gate) => {
    let sent = 0;
    return async () => (++sent === at ? gate.pause() : undefined);
  };
  const first = steps.run(holdAt(n, outerIsHeld), outer);
  const outerPaused = await isReached(outerIsHeld, first);
  const second = steps.run(holdAt(m, innerIsHeld), inner);
  const innerPaused = await isReached(innerIsHeld, second);
  outerIsHeld.open();
  const outerDone = await first;
  innerIsHeld.open();
  return { outer: outerDone, inner: await second, isPlayed: outerPaused && innerPaused };
}

/** Whether a work reached the gate. False: it ended before. */
const isReached = ({ reached }: Gate, work: Promise<unknown>): Promise<boolean> =>
  Promise.race([reached.then(() => true), work.then(() => false)]);
