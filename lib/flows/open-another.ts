import type { Call } from '../call.ts';
import { anotherBeside } from '../domain/placement.ts';
import type { Replica, Topology } from '../domain/topology.ts';
import { note } from '../log.ts';
import { expireReplicaClaim } from '../store/replica-claims.ts';
import { leaseFor } from './answers.ts';
import { openReplica } from './open-replica.ts';

/**
 * Open another replica beside one that fills, before it is needed. Whoever does it is seated already and is kept for a
 * moment only; where there is no turn, those who come later try again. It is the one place where a flow swallows a
 * failure: the seat is theirs whatever becomes of this, and to fail them would make them draw no other. It is logged, and
 * the claim is put down for the next one.
 */
export async function openAnother(topology: Topology, replica: Replica, call: Call): Promise<void> {
  const another = anotherBeside(topology, replica, call.now());
  if (another?.kind !== 'open') return;
  const { ordinal, mediaRegion } = another;
  try {
    await openReplica(topology, { ordinal, mediaRegion, patience: 'short' }, call);
  } catch (error) {
    note(call, { growthFailed: String(error) });
    await Promise.allSettled([expireReplicaClaim(topology, { ordinal, mediaRegion, lease: leaseFor(call) })]);
  }
}
