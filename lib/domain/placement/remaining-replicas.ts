import type { Replica, Topology } from '../meeting/topology.ts';
import { leftByLimit } from './learned-limit.ts';

/**
 * How many replicas may still be opened, by the host's option and by the learned limit of Chime. A replica that Chime
 * failed to open does not count, so that another one may be opened elsewhere. Once a request has taken it over, it
 * counts again.
 */
export function remainingReplicas({ options, replicas, learnedLimit }: Topology, now: number): number {
  const standing = replicas.filter(takesPlace).length;
  return Math.max(0, Math.min(options.maxReplicas - standing, leftByLimit(learnedLimit, standing, now)));
}

/** Whether this replica lies beyond the learned limit. Opening it tests whether the limit still holds. */
export function isBeyondLimit(
  { replicas, learnedLimit }: Pick<Topology, 'replicas' | 'learnedLimit'>,
  ordinal: number,
): boolean {
  const others = replicas.filter((replica) => replica.ordinal !== ordinal && takesPlace(replica));
  return learnedLimit !== undefined && others.length >= learnedLimit.replicas;
}

/** Whether this replica counts towards the allowed number. It does not if Chime failed to open it. */
export function takesPlace({ state, failedAt }: Replica): boolean {
  return state === 'open' || (state === 'claimed' && failedAt === undefined);
}
