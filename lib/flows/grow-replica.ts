import type { Call } from '../call.ts';
import { capacityOf } from '../domain/capabilities.ts';
import type { Replica, Topology } from '../domain/topology.ts';
import { replicaKey } from '../store/keys.ts';
import { markCalm, retireLostReplica } from '../store/replica-marks.ts';
import { extendRoll, readRoll } from '../store/roll.ts';
import { finishGrowth, readCounts, takeGrowth } from '../store/seat-books.ts';
import { leaseFor, underLease } from './lease.ts';
import { mintSeats } from './mint-seats.ts';

/**
 * Mint as many seats as a replica has fewer attendees than Chime allows, and put them on sale behind the last. Whatever
 * a crash minted and did not write down is found by its name. Never more: seats minted less seats vacant are what
 * counts at Chime.
 */
export async function growReplica(topology: Topology, replica: Replica, call: Call): Promise<void> {
  const key = replicaKey(topology, replica.ordinal);
  const lease = leaseFor(call);
  if ((await takeGrowth(key, lease, call.now())) === 'lost') return;
  await underLease(lease, call, async () => {
    const by = await mintMissing(topology, replica, call);
    const grown = await finishGrowth(key, { lease, by });
    if (by > 0 && grown === 'grown') await markCalm(topology, replica.ordinal);
  });
}

async function mintMissing(topology: Topology, replica: Replica, call: Call): Promise<number> {
  const key = replicaKey(topology, replica.ordinal);
  const [counts, entry] = await Promise.all([readCounts(key), readRoll(key, 0)]);
  if (!counts || !entry) return 0;
  const capacity = capacityOf(entry.Meeting.MeetingFeatures as object | undefined);
  const seats = capacity - (counts.minted - counts.vacant.size);
  if (seats <= 0) return 0;
  const from = counts.minted;
  const minted = await mintSeats(entry.Meeting.MeetingId, { from, seats, lookFirst: true }, call);
  if (minted === 'gone') await retireLostReplica(topology, replica);
  if (!Array.isArray(minted)) return 0;
  await extendRoll(key, { Meeting: entry.Meeting, from, attendees: minted }, call.now());
  return minted.length;
}
