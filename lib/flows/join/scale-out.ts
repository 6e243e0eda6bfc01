import type { RequestContext } from '../../context.ts';
import { nextFence, type Replica, type Topology } from '../../domain/meeting/topology.ts';
import type { OpenPlacement } from '../../domain/placement/decision.ts';
import { demandOf } from '../../domain/placement/demand.ts';
import { isReviewDue, openAhead } from '../../domain/placement/open-ahead.ts';
import { note } from '../../log.ts';
import { settings } from '../../settings.ts';
import { readArrivals } from '../../store/replica/arrivals.ts';
import { releaseReplicaClaim } from '../../store/topology/replica-claims.ts';
import { openReplica } from '../opening/replica.ts';
import { leaseFor } from '../shared/lease.ts';

/** The ticket that somebody has just drawn. */
interface Drew {
  replica: Replica;
  ticket: number;
  crossedSoftMark: boolean;
}

/**
 * Open another replica before it is needed, if one is due: beside one that fills, or where the audience turns out to be.
 * Whoever does it is seated already and is kept for a moment only; where there is no turn, those who come later try
 * again. It is the one place where a flow swallows a failure: the seat is theirs whatever becomes of this, and to fail
 * them would make them draw no other. It is logged, and the claim is put down for the next one.
 */
export async function scaleOut(topology: Topology, drew: Drew, context: RequestContext): Promise<void> {
  const { ticket, replica, crossedSoftMark } = drew;
  const filling = crossedSoftMark ? { filling: replica } : {};
  if (!isReviewDue(topology, { ticket, ...filling, now: context.now() })) return;
  try {
    const demand = demandOf(await readArrivals(topology), topology.forecast);
    const { controlRegion } = settings();
    const another = openAhead(topology, { demand, controlRegion, ...filling, now: context.now() });
    if (another) await openOrLeave(topology, another, context);
  } catch (error) {
    note(context, { growthFailed: String(error) });
  }
}

async function openOrLeave(
  topology: Topology,
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
