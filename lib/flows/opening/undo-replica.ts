import type { Call } from '../../call.ts';
import { isLimit, isTrouble } from '../../chime/trouble.ts';
import { nextFence, type Replica, type Topology } from '../../domain/meeting/topology.ts';
import { coolDownAfter } from '../../domain/placement/cool-downs.ts';
import {
  claimReplica,
  expireReplicaClaim,
  giveUpReplica,
  type ReplicaClaim,
} from '../../store/topology/replica-claims.ts';
import { inLine } from '../shared/chime-quota.ts';
import { leaseFor, underLease } from '../shared/lease.ts';
import { deleteLeftover, leaveReplicaBehind } from '../shared/leftovers.ts';
import { openByToken, replicaRequest } from '../shared/meeting-request.ts';

/**
 * Delete what Chime may have opened of a replica that it failed to open, and whose place another has taken. Chime cannot list
 * meetings, so it is asked for once more with the same request token. Where Chime fails again, the next sweep tries.
 */
export async function undoReplica(
  topology: Topology,
  { ordinal, mediaRegion }: Replica,
  call: Call,
): Promise<void> {
  const claim = { ordinal, mediaRegion, lease: leaseFor(call), fence: nextFence(topology, ordinal) };
  if ((await claimReplica(topology, claim, call.now())) === 'lost') return;
  await underLease(claim.lease, call, async () => {
    const opened = await openByToken(inLine(call, 'sweeping'), replicaRequest(topology, claim), call);
    if (!isTrouble(opened)) return discard(topology, { claim, meetingId: opened.Meeting.MeetingId }, call);
    if (isLimit(opened)) return void (await giveUpReplica(topology, claim));
    const now = call.now();
    const coolDown = coolDownAfter(topology.coolDowns?.[mediaRegion], { because: 'unknown', now });
    await expireReplicaClaim(topology, claim, { at: now, coolDown });
  });
}

/** The meeting is remembered as a leftover, and made unreachable, before it is deleted. */
async function discard(
  topology: Topology,
  { claim, meetingId }: { claim: ReplicaClaim; meetingId: string },
  call: Call,
): Promise<void> {
  const { ordinal: place, mediaRegion } = claim;
  const leftover = await leaveReplicaBehind(topology, { place, mediaRegion, meetingId }, call);
  if ((await giveUpReplica(topology, claim)) === 'lost') return;
  await deleteLeftover(topology, leftover, call);
}
