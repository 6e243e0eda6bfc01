import { allSettledOrThrow } from '../../all-settled.ts';
import { deleteMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { isBeingOpened } from '../../domain/meeting/leftovers.ts';
import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { replicaKey } from '../../store/keys.ts';
import { closeSeats } from '../../store/replica/seats.ts';
import { chimeLimiter, declined } from '../shared/chime-quota.ts';
import { deleteLeftover, leavePrimaryBehind } from '../shared/leftovers.ts';
import { untilDeleted } from '../shared/until-deleted.ts';

/**
 * Tear down a topology, as it was when it was marked as ended: stop issuing tickets, then delete the primary. Chime
 * deletes its replicas with it (https://docs.aws.amazon.com/chime-sdk/latest/dg/media-replication.html). Idempotent;
 * it never touches a later epoch. A primary that was claimed but not published is recorded as a leftover. If it
 * cannot be deleted now, the reconciler deletes it.
 */
export async function teardown(topology: Topology, context: RequestContext): Promise<void> {
  await allSettledOrThrow(topology.replicas.map(({ ordinal }) => closeSeats(replicaKey(topology, ordinal))));
  const meetingId = primaryMeetingId(topology);
  if (meetingId) return deletePrimary(topology, meetingId, context);
  if (!topology.primary) return;
  const { mediaRegion, lease } = topology.primary;
  const leftover = await leavePrimaryBehind(
    topology,
    { mediaRegion, claimedUntil: lease?.until ?? 0 },
    context,
  );
  if (!isBeingOpened(leftover, context.now())) await deleteLeftover(topology, leftover, context);
}

async function deletePrimary(topology: Topology, meetingId: string, context: RequestContext): Promise<void> {
  const limiter = chimeLimiter(context, 'long');
  const deleted = await untilDeleted(topology, context, () => deleteMeeting(limiter, meetingId));
  if (deleted !== 'deleted') throw declined(deleted);
}
