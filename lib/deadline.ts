import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';

/** Until when a piece of work may send requests. */
export interface Deadline {
  /** Milliseconds since the epoch, by `now`. */
  until: number;
  now: () => number;
  /** Aborted once the answer is sent: Lambda then freezes the process, and thaws it for some other request. */
  signal?: AbortSignal;
}

/** The work was still going on after its deadline, or after its answer. Nothing more of it is sent. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

const scope = new AsyncLocalStorage<Deadline>();

/**
 * Run some work within a deadline. Every request to DynamoDB and Chime that the work makes, retries included, asks
 * `beforeAttempt` first. Scopes nest: the earlier deadline and the outer signal hold.
 */
export function withinDeadline<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const outer = scope.getStore();
  const signal = deadline.signal ?? outer?.signal;
  const until = Math.min(deadline.until, outer?.until ?? Number.POSITIVE_INFINITY);
  return scope.run({ until, now: deadline.now, ...(signal && { signal }) }, work);
}

/**
 * Run the work of one request, and abort what is left of it once it has ended in any way: a Lambda function is frozen when
 * its answer is sent, and what then goes on in a thawed process would act on what was true long ago.
 */
export async function untilAnswered<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // each request that is under way listens
  try {
    return await withinDeadline({ ...deadline, signal: controller.signal }, work);
  } finally {
    controller.abort(new DeadlineExceeded('The answer was sent.'));
  }
}

/** Throws `DeadlineExceeded` where the work that asks may send no more requests. */
export function beforeAttempt(): void {
  const deadline = scope.getStore();
  if (!deadline) return;
  if (deadline.signal?.aborted) throw new DeadlineExceeded('The answer was sent.');
  if (deadline.now() >= deadline.until) throw new DeadlineExceeded('The time for this work is over.');
}

/** For how long the work that asks may still send requests (milliseconds). */
export function remainingMs(): number {
  const deadline = scope.getStore();
  return deadline ? deadline.until - deadline.now() : Number.POSITIVE_INFINITY;
}

/** The signal that aborts what the work that asks has under way. */
export function abortSignal(): AbortSignal | undefined {
  return scope.getStore()?.signal;
}

/** What the SDK sends each attempt through. */
interface RequestHandler {
  handle: (request: unknown, options: object) => Promise<unknown>;
}

/** Have a request handler of the SDK ask `beforeAttempt` for each attempt, and end attempts that the signal aborts. */
export function guarded<Handler extends object>(handler: Handler): Handler {
  const inner = handler as RequestHandler;
  const handle = inner.handle.bind(inner);
  const guardedHandle = async (request: unknown, options: object = {}) => {
    beforeAttempt();
    return handle(request, { ...options, abortSignal: abortSignal() });
  };
  return Object.assign(handler, { handle: guardedHandle });
}
