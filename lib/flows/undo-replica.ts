import type { Call } from '../call.ts';
import { createMeeting, deleteMeeting } from '../chime/meetings.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import { type ChimeMeeting, nextFence, type Replica, type Topology } from '../domain/topology.ts';
import { claimReplica, expireReplicaClaim, retireReplica } from '../store/replica-claims.ts';
import { leaseFor, underLease } from './lease.ts';
import { replicaRequest } from './meeting-requests.ts';
import { inLine } from './turn.ts';

/**
 * Delete what Chime may have opened of a replica that it failed to open, and whose place another has taken. Nobody lists
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
    const opened = await createMeeting(inLine(call, 'sweeping'), replicaRequest(topology, claim));
    if (await isUndone(opened, call)) return retireReplica(topology, claim);
    await expireReplicaClaim(topology, claim, call.now());
  });
}

/** Beyond the account's limit nothing was opened. */
async function isUndone(opened: { Meeting: ChimeMeeting } | Trouble, call: Call): Promise<boolean> {
  if (isTrouble(opened)) return opened === 'limit';
  return (await deleteMeeting(inLine(call, 'sweeping'), opened.Meeting.MeetingId)) === 'deleted';
}
