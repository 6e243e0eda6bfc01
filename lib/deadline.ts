import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';

/** The time limit within which work may send requests. */
export interface Deadline {
  /** Milliseconds since the Unix epoch, by `now`. */
  until: number;
  now: () => number;
  /** Aborted once the response is sent. Lambda then freezes the process, and thaws it for another request. */
  signal?: AbortSignal;
}

/** Thrown when work tries to send a request after its deadline, or after the response. The request is not sent. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/** The reason of every abort. One error serves all requests, because its stack would name the same place each time. */
const ANSWERED = new DeadlineExceeded('The answer was sent.');

const scope = new AsyncLocalStorage<Deadline>();

/**
 * Run work within a deadline. Each request to DynamoDB and Chime, retries included, calls `beforeAttempt` first.
 * Scopes nest: the earlier deadline and the outer signal hold.
 */
export function withinDeadline<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const outer = scope.getStore();
  const signal = deadline.signal ?? outer?.signal;
  const until = Math.min(deadline.until, outer?.until ?? Number.POSITIVE_INFINITY);
  return scope.run({ until, now: deadline.now, ...(signal && { signal }) }, work);
}

/**
 * Run the work of one request, and abort what is still in flight when it ends. Lambda freezes the function once its
 * response is sent. Work that continues in a thawed process would act on outdated reads.
 */
export async function runRequest<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // each request in flight listens
  try {
    return await withinDeadline({ ...deadline, signal: controller.signal }, work);
  } finally {
    controller.abort(ANSWERED);
  }
}

/** Throw `DeadlineExceeded` if the current work may send no more requests. */
export function beforeAttempt(): void {
  const deadline = scope.getStore();
  if (!deadline) return;
  if (deadline.signal?.aborted) throw new DeadlineExceeded('The answer was sent.');
  if (deadline.now() >= deadline.until) throw new DeadlineExceeded('The time for this work is over.');
}

/** The time for which the current work may still send requests (milliseconds). */
export function remainingMs(): number {
  const deadline = scope.getStore();
  return deadline ? deadline.until - deadline.now() : Number.POSITIVE_INFINITY;
}

/** The signal that aborts the requests of the current work. */
export function abortSignal(): AbortSignal | undefined {
  return scope.getStore()?.signal;
}

/** The SDK's handler of each attempt. */
interface RequestHandler {
  handle: (request: unknown, options: object) => Promise<unknown>;
}

/** Make an SDK request handler call `beforeAttempt` before each attempt, and abort attempts by the signal. */
export function guarded<Handler extends object>(handler: Handler): Handler {
  const inner = handler as RequestHandler;
  const handle = inner.handle.bind(inner);
  const guardedHandle = async (request: unknown, options: object = {}) => {
    beforeAttempt();
    return handle(request, { ...options, abortSignal: abortSignal() });
  };
  return Object.assign(handler, { handle: guardedHandle });
}
