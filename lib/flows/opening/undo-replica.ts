import { isChimeFailure, isLimit } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { nextFence } from '../../domain/meeting/ordinals.ts';
import type { LiveTopology, Replica } from '../../domain/meeting/topology.ts';
import { coolDownAfter } from '../../domain/placement/cool-downs.ts';
import type { ReplicaClaim } from '../../store/topology/replica-claim.ts';
import { claimReplica } from '../../store/topology/replica-claims.ts';
import { deleteReplicaClaim, releaseReplicaClaim } from '../../store/topology/replica-releases.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { leaseFor, underLease } from '../shared/lease.ts';
import { deleteLeftover, leaveReplicaBehind } from '../shared/leftovers.ts';
import { openByToken, replicaRequest } from '../shared/meeting-request.ts';

/**
 * Delete the meeting that Chime may have opened for a replica, after the opening failed and another replica took
 * its place in the host's number. Chime cannot list meetings, so the meeting is requested once more with the same
 * request token. If Chime fails again, the next reconciler pass retries.
 */
export async function undoReplica(
  topology: LiveTopology,
  { ordinal, mediaRegion }: Replica,
  context: RequestContext,
): Promise<void> {
  const claim = { ordinal, mediaRegion, lease: leaseFor(context), fence: nextFence(topology, ordinal) };
  if ((await claimReplica(topology, claim, context.now())) === 'conflict') return;
  await underLease(claim.lease, context, async () => {
    const request = await replicaRequest(topology, claim);
    const opened = await openByToken(chimeLimiter(context, 'reconciling'), request, context);
    if (!isChimeFailure(opened))
      return discard(topology, { claim, meetingId: opened.Meeting.MeetingId }, context);
    if (isLimit(opened)) return void (await deleteReplicaClaim(topology, claim));
    const now = context.now();
    const coolDown = coolDownAfter(topology.coolDowns?.[mediaRegion], { because: 'indeterminate', now });
    await releaseReplicaClaim(topology, claim, { at: now, coolDown });
  });
}

/** Record the meeting as a leftover, delete the claim that makes it reachable, then delete the meeting. */
async function discard(
  topology: LiveTopology,
  { claim, meetingId }: { claim: ReplicaClaim; meetingId: string },
  context: RequestContext,
): Promise<void> {
  const { ordinal: place, mediaRegion } = claim;
  const leftover = await leaveReplicaBehind(topology, { place, mediaRegion, meetingId }, context);
  if ((await deleteReplicaClaim(topology, claim)) === 'conflict') return;
  await deleteLeftover(topology, leftover, context);
}
