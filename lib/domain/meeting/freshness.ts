import { CLOCK_SKEW_MS } from './clocks.ts';
import type { Topology } from './topology.ts';

/**
 * Chime was seen not to find a new meeting for up to this long, in milliseconds
 * (https://github.com/aws/aws-sdk-js/issues/3328).
 */
export const FRESH_MS = 2000;

type WithPrimary = Pick<Topology, 'primary'>;

const ageOf = ({ primary }: WithPrimary, now: number) => now - (primary?.openedAt ?? 0);

/** Returns whether the primary was opened just now, by the clock of the machine that asks. */
export function isFresh(topology: WithPrimary, now: number): boolean {
  return ageOf(topology, now) < FRESH_MS;
}

/**
 * Returns whether a `NotFound` proves nothing about the primary: the request that published it had no permit to see that Chime
 * finds it, and it may still be new by the clock of any machine. A primary that Chime was seen to find is dead as soon as Chime
 * does not find it.
 */
export function isUnproven(topology: WithPrimary, now: number): boolean {
  return topology.primary?.unproven === true && ageOf(topology, now) < FRESH_MS + CLOCK_SKEW_MS;
}
