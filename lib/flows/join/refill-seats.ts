import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import { capacityOf } from '../../domain/meeting/capabilities.ts';
import type { OpenReplica, Topology } from '../../domain/meeting/topology.ts';
import { replicaKey } from '../../store/keys.ts';
import { extendCredentials, readCredentials } from '../../store/replica/credentials.ts';
import { finishGrowth, type Growth, readCounts, takeGrowth } from '../../store/replica/seat-books.ts';
import { markCalm } from '../../store/topology/replica-marks.ts';
import { retireNotFound } from '../opening/retire-replica.ts';
import { mintSeats } from '../seats/mint.ts';
import { leaseFor, underLease } from '../shared/lease.ts';

/**
 * Mint as many seats as the replica has fewer attendees than Chime allows, and sell them after the last one. Seats
 * that a crash minted without recording them are found by name. The attendees at Chime are the minted seats less the
 * retired ones.
 */
export async function refillSeats(
  topology: Topology,
  replica: OpenReplica,
  context: RequestContext,
): Promise<void> {
  const key = replicaKey(topology, replica.ordinal);
  const growth = await takeGrowth(key, leaseFor(context), context.now());
  if (growth === 'conflict') return;
  await underLease(growth.lease, context, async () => {
    const by = await mintMissing(topology, { replica, growth }, context);
    const grown = by === 'conflict' ? 'conflict' : await finishGrowth(key, growth, by);
    if (by !== 0 && grown === 'grown') await markCalm(topology, replica.ordinal);
  });
}

async function mintMissing(
  topology: Topology,
  { replica, growth }: { replica: OpenReplica; growth: Growth },
  context: RequestContext,
): Promise<number | 'conflict'> {
  const key = replicaKey(topology, replica.ordinal);
  const [counts, entry] = await allSettledOrThrow([readCounts(key), readCredentials(key, 0)]);
  if (!counts || !entry) return 0;
  const capacity = capacityOf(entry.Meeting.MeetingFeatures);
  const lacking = capacity - (counts.minted - counts.retired.size);
  if (lacking <= 0) return 0;
  const from = counts.minted;
  const minted = await mintSeats(entry.Meeting.MeetingId, { from, seats: lacking, lookFirst: true }, context);
  if (minted === 'gone') await retireNotFound(topology, replica, context);
  if (!Array.isArray(minted)) return 0;
  const seats = { Meeting: entry.Meeting, from, attendees: minted, fence: growth.fence };
  return (await extendCredentials(key, seats, context.now())) === 'conflict' ? 'conflict' : minted.length;
}
