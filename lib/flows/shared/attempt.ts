import type { Answer, RequestContext } from '../../context.ts';
import type { Bounds } from './bounds.ts';

/**
 * An attempt without an answer, to be made again by this request. `now`: this request made progress, re-read at once.
 * `shortly`: another request was faster, re-read after a pause.
 */
export interface Retry {
  kind: 'retry';
  after: 'now' | 'shortly';
}

/** An attempt without an answer, to be made again by the client. */
export interface ClientRetry {
  kind: 'client-retry';
  retryAfterMs: number;
  /** The problem, for hosts and presenters only. */
  detail?: string;
  /** Chime failed to open a replica. Another media region may serve the viewer at once. */
  failed?: true;
  /** Other names open replicas, and have fewer. */
  isOthersTime?: true;
}

/** A step that gives no answer itself: whether this request or the client makes the next attempt. */
export type Again = Retry | ClientRetry;

/** The result of an attempt: an answer, or which retry may give one. */
export type Attempt<T = Answer> = { kind: 'answer'; answer: T } | Again;

export const RETRY_NOW: Retry = { kind: 'retry', after: 'now' };
export const RETRY_SHORTLY: Retry = { kind: 'retry', after: 'shortly' };

export const answered = <T>(answer: T): { kind: 'answer'; answer: T } => ({ kind: 'answer', answer });

export const clientRetry = (retryAfterMs: number, more: Omit<ClientRetry, 'kind' | 'retryAfterMs'> = {}) =>
  ({ kind: 'client-retry', retryAfterMs, ...more }) as const satisfies ClientRetry;

/**
 * Make attempts until one gives an answer, within the bounds. `orElse` gives the answer if the client has to retry,
 * or if the bounds are reached (`undefined`). Only `shortly` is subject to the time limit: progress of this request
 * is always re-read, however long it took.
 */
export async function retryUntilAnswered<T>(
  context: RequestContext,
  { attempts, pauseMs = 0, withinMs = Number.POSITIVE_INFINITY, isSteady = false }: Bounds,
  attempt: (look: number) => Promise<Attempt<T>>,
  orElse: (later: ClientRetry | undefined) => T,
): Promise<T> {
  const until = context.now() + withinMs;
  for (let look = 0; look < attempts; look++) {
    const result = await attempt(look);
    if (result.kind === 'answer') return result.answer;
    if (result.kind === 'client-retry') return orElse(result);
    if (result.after === 'now') continue;
    if (context.now() >= until || look === attempts - 1) break;
    await context.pause(isSteady ? pauseMs : pauseMs * (1 + context.random()));
  }
  return orElse(undefined);
}
