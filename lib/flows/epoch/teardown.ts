import { deleteMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { isBeingOpened } from '../../domain/meeting/leftovers.ts';
import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { replicaKey } from '../../store/keys.ts';
import { closeSeats } from '../../store/replica/seats.ts';
import { allSettledOrThrow } from '../shared/all-settled.ts';
import { chimeLimiter, declined } from '../shared/chime-quota.ts';
import { deleteLeftover, leavePrimaryBehind } from '../shared/leftovers.ts';

/**
 * Tear down an ended topology, as it was when it was marked as ended: stop issuing tickets, then delete the primary. Chime deletes
 * its replicas with it (https://docs.aws.amazon.com/chime-sdk/latest/dg/media-replication.html). Idempotent; nothing of a later
 * epoch is touched, however late this runs. A primary that was claimed and never published is nobody's yet: what Chime may have
 * opened for it is left to the reconciler where it cannot be deleted now.
 */
export async function teardown(topology: Topology, context: RequestContext): Promise<void> {
  await allSettledOrThrow(topology.replicas.map(({ ordinal }) => closeSeats(replicaKey(topology, ordinal))));
  const primary = primaryMeetingId(topology);
  if (primary) return end(primary, context);
  if (!topology.primary) return;
  const { mediaRegion, lease } = topology.primary;
  const leftover = await leavePrimaryBehind(
    topology,
    { mediaRegion, claimedUntil: lease?.until ?? 0 },
    context,
  );
  if (!isBeingOpened(leftover, context.now())) await deleteLeftover(topology, leftover, context);
}

async function end(meetingId: string, context: RequestContext): Promise<void> {
  const deleted = await deleteMeeting(chimeLimiter(context, 'long'), meetingId);
  if (deleted !== 'deleted') throw declined(deleted);
}
