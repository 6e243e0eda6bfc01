import type { RequestContext } from '../../context.ts';
import { isLeaseExpired, type Topology } from '../../domain/meeting/topology.ts';
import { isDrained } from '../../domain/placement/decision.ts';
import { settings } from '../../settings.ts';
import { openEpochClaimed } from '../../store/topology/epochs.ts';
import { claimPrimary } from '../../store/topology/primary-claims.ts';
import { leaseFor, underLease } from '../shared/lease.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';

/** Whether the opening of the primary stopped half-way in a media region that is drained now, so that it opens elsewhere. */
export function isAbandonedInDrain(topology: Topology, context: RequestContext): boolean {
  const { primary } = topology;
  if (!primary || !isLeaseExpired(primary, context.now())) return false;
  return isDrained(topology, primary.mediaRegion, settings().controlRegion);
}

/**
 * Give up a primary whose claim has expired. Taking over the claim makes a presenter who returns now wait. Then the next epoch
 * begins, so that no request can publish the old meeting. Only then is it deleted, as a leftover.
 */
export async function giveUpPrimary(
  topology: Topology,
  context: RequestContext,
): Promise<'given-up' | 'conflict'> {
  const { primary } = topology;
  if (!primary) return 'conflict';
  const { mediaRegion, unattended } = primary;
  const claim = { mediaRegion, lease: leaseFor(context), ...(unattended && { unattended }) };
  if ((await claimPrimary(topology, claim, context.now())) === 'conflict') return 'conflict';
  await underLease(claim.lease, context, async () => {
    await leavePrimaryBehind(topology, { mediaRegion }, context);
    await openEpochClaimed(topology, claim.lease);
  });
  return 'given-up';
}
