import { AsyncLocalStorage } from 'node:async_hooks';
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
