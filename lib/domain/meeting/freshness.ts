import { CLOCK_SKEW_MS } from './clocks.ts';
import type { Topology } from './topology.ts';

/**
 * Chime was seen not to find a new meeting for up to this long, in milliseconds
 * (https://github.com/aws/aws-sdk-js/issues/3328).
 */
export const FRESH_MS = 2000;

type WithPrimary = Pick<Topology, 'primary'>;

/** Returns whether the primary may be so new that Chime does not find it yet, by the clock of any machine. */
export function isFresh({ primary }: WithPrimary, now: number): boolean {
  return now - (primary?.openedAt ?? 0) < FRESH_MS + CLOCK_SKEW_MS;
}

/**
 * Returns whether a `NotFound` proves nothing about the primary: the request that published it had no permit to see that Chime
 * finds it, and it is fresh. A primary that Chime was seen to find is dead as soon as Chime does not find it.
 */
export function isUnproven(topology: WithPrimary, now: number): boolean {
  return topology.primary?.unproven === true && isFresh(topology, now);
}
