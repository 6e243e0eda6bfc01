import { growingPauseMs } from '../meeting/pauses.ts';

/** What Chime said of how many replicas may stand, when it refused one more for a limit. */
export interface LearnedLimit {
  /** So many stood beside the one that it refused. */
  replicas: number;
  /** Whose limit it is: the account's, of meetings at the same time; the primary's, of its replicas; or one of the two. */
  of: 'account' | 'primary' | 'unknown';
  /** When it was first refused, and when one more was refused or tried last (milliseconds since the epoch). */
  since: number;
  at: number;
  /** How often in a row. */
  refusals: number;
}

const PAUSE = { firstMs: 15_000, longestMs: 120_000 };

/** From when on one more replica may be tried (milliseconds since the epoch). */
export function limitRetryAt({ at, refusals }: LearnedLimit): number {
  return at + growingPauseMs(refusals, PAUSE);
}

/**
 * What is known of the limit once Chime has refused one more: by how many others stand, and by the limit that was known when that
 * one was claimed, so that several which are refused at once count as one refusal.
 */
export function limitAfterRefusal(
  before: LearnedLimit | undefined,
  { others, names, now }: { others: number; names: 'replicas' | undefined; now: number },
): LearnedLimit {
  return {
    replicas: others,
    of: names === 'replicas' ? 'primary' : others === 0 ? 'account' : 'unknown',
    since: before?.since ?? now,
    at: now,
    refusals: (before?.refusals ?? 0) + 1,
  };
}

/** How many more replicas the limit leaves beside those that stand; after the pause it is one at least, to ask Chime again. */
export function leftByLimit(limit: LearnedLimit | undefined, standing: number, now: number): number {
  if (!limit) return Number.POSITIVE_INFINITY;
  return Math.max(limit.replicas - standing, now >= limitRetryAt(limit) ? 1 : 0);
}
