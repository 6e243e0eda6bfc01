import type { RequestContext } from '../../context.ts';
import { nextFence } from '../../domain/meeting/ordinals.ts';
import type { LiveTopology, Replica } from '../../domain/meeting/topology.ts';
import type { OpenPlacement } from '../../domain/placement/decision.ts';
import { demandOf } from '../../domain/placement/demand.ts';
import { isReviewDue, openAhead } from '../../domain/placement/open-ahead.ts';
import { note } from '../../log.ts';
import { settings } from '../../settings.ts';
import { readCame } from '../../store/replica/arrivals.ts';
import { releaseReplicaClaim } from '../../store/topology/replica-releases.ts';
import { openReplica } from '../opening/replica.ts';
import { leaseFor } from '../shared/lease.ts';

/** The ticket that this request has just drawn. */
interface Drew {
  replica: Replica;
  ticket: number;
  crossedSoftMark: boolean;
}

/**
 * Scale out before seats run out, if that is due: beside a replica that fills, or near the actual audience. The
 * caller is already seated, so this waits at most 300 ms for a permit; without one, later requests try again.
 * Failures are logged, not thrown, because the seat must be returned anyway. After a failure the claim is released
 * for the next request.
 */
export async function scaleOut(topology: LiveTopology, drew: Drew, context: RequestContext): Promise<void> {
  const { ticket, replica, crossedSoftMark } = drew;
  const filling = crossedSoftMark ? { filling: replica } : {};
  if (!isReviewDue(topology, { ticket, ...filling, now: context.now() })) return;
  try {
    const demand = demandOf(await readCame(topology), topology);
    const { controlRegion } = settings();
    const another = openAhead(topology, { demand, controlRegion, ...filling, now: context.now() });
    if (another) await openOrLeave(topology, another, context);
  } catch (error) {
    note(context, { growthFailed: String(error) });
  }
}

async function openOrLeave(
  topology: LiveTopology,
  { ordinal, mediaRegion }: OpenPlacement,
  context: RequestContext,
): Promise<void> {
  try {
    await openReplica(topology, { ordinal, mediaRegion, maxWait: 'short' }, context);
  } catch (error) {
    const claim = { ordinal, mediaRegion, lease: leaseFor(context), fence: nextFence(topology, ordinal) };
    await Promise.allSettled([releaseReplicaClaim(topology, claim)]);
    throw error;
  }
}
