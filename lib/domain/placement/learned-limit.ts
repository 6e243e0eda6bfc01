import { growingPauseMs } from '../meeting/pauses.ts';

/** The number of replicas that Chime allows, as learned from its refusals. */
export interface LearnedLimit {
  /** How many replicas stood beside the refused one. */
  replicas: number;
  /** The limit's owner: the account (concurrent meetings), the primary (replicas), or one of the two. */
  of: 'account' | 'primary' | 'unknown';
  /** When one more replica was first refused, and last refused or tried (milliseconds since the epoch). */
  since: number;
  at: number;
  /** Refusals in a row. */
  refusals: number;
}

/** A limit that has passed is noticed after at most this pause (milliseconds). */
export const LONGEST_LIMIT_PAUSE_MS = 120_000;
const PAUSE = { firstMs: 15_000, longestMs: LONGEST_LIMIT_PAUSE_MS };

/** The instant from which one more replica may be tried (milliseconds since the epoch). */
export function limitRetryAt({ at, refusals }: LearnedLimit): number {
  return at + growingPauseMs(refusals, PAUSE);
}

/**
 * The limit after Chime refused one more replica: the number of the other replicas. `before` is the limit that was
 * known when the refused replica was claimed. So several refusals at once count as one.
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

/**
 * How many more replicas the limit allows beside the standing ones. After the pause it is at least one, to ask Chime again.
 */
export function leftByLimit(limit: LearnedLimit | undefined, standing: number, now: number): number {
  if (!limit) return Number.POSITIVE_INFINITY;
  return Math.max(limit.replicas - standing, now >= limitRetryAt(limit) ? 1 : 0);
}
