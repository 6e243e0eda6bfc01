import type { Lease, Replica, Topology } from '../domain/topology.ts';
import { type Claimed, changeTopology, claimOutcome } from './topology-writes.ts';

export interface ReplicaClaim {
  ordinal: number;
  mediaRegion: Replica['mediaRegion'];
  lease: Lease;
  /** `nextFence` of the topology that the claim is made on. */
  fence: number;
}

const claimIsOurs = {
  clauses: [
    'replicas.#n.#state = :claimed',
    'replicas.#n.lease.#owner = :owner',
    'replicas.#n.fence = :fence',
  ],
  names: { '#state': 'state', '#owner': 'owner' },
};
const ownership = ({ lease, fence }: ReplicaClaim) => ({
  ':claimed': 'claimed',
  ':owner': lease.owner,
  ':fence': fence,
});

/**
 * Win the right to open the replica of this ordinal, beside this very primary: where it was never claimed, or where its claim
 * is still the abandoned one that was read. A claim that is ours already, because the SDK repeated the write, counts as taken
 * over.
 */
export async function claimReplica(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const neverClaimed = 'attribute_not_exists(replicas.#n)';
  const asRead =
    claim.fence === 1 ? 'attribute_not_exists(replicas.#n.fence)' : 'replicas.#n.fence = :fenceAsRead';
  const abandoned = `replicas.#n.lease.#until <= :now AND ${asRead}`;
  const ours = 'replicas.#n.lease.#owner = :owner AND replicas.#n.fence <= :fence';
  const sameRegion = 'replicas.#n.mediaRegion = :mediaRegion';
  const primaryIsTheSame = '#primary.Meeting.MeetingId = :primaryId';
  const done = await changeTopology(topology, {
    update: 'SET replicas.#n = :replica',
    clauses: [
      `(${neverClaimed}) OR (replicas.#n.#state = :claimed AND ((${abandoned}) OR (${ours})) AND ${sameRegion})`,
      primaryIsTheSame,
    ],
    names: { ...claimIsOurs.names, '#n': String(claim.ordinal), '#until': 'until', '#primary': 'primary' },
    values: {
      ...ownership(claim),
      ':replica': { state: 'claimed', capacity: 0, ...claim },
      ...(claim.fence > 1 && { ':fenceAsRead': claim.fence - 1 }),
      ':now': now,
      ':mediaRegion': claim.mediaRegion,
      ':primaryId': topology.primary?.Meeting?.MeetingId,
    },
    returns: 'UPDATED_OLD',
  });
  return claimOutcome(done, 'replicas');
}

/** Make a replica visible to placement, if the claim is still ours. */
export async function publishReplica(
  topology: Topology,
  claim: ReplicaClaim,
  { meetingId, capacity }: { meetingId: string; capacity: number },
): Promise<'published' | 'lost'> {
  const done = await changeTopology(topology, {
    update:
      'SET replicas.#n.#state = :open, replicas.#n.meetingId = :meetingId, replicas.#n.#capacity = :capacity REMOVE replicas.#n.lease',
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names, '#capacity': 'capacity' },
    values: {
      ...ownership(claim),
      ':capacity': capacity,
      ':open': 'open',
      ':meetingId': meetingId,
    },
  });
  return done === 'lost' ? 'lost' : 'published';
}

/** Give up a claim on a replica that had no effect at Chime; `learned`: the account allows no more than these. */
export async function unclaimReplica(
  topology: Topology,
  claim: ReplicaClaim,
  learned?: number,
): Promise<void> {
  await changeTopology(topology, {
    update: `REMOVE replicas.#n${learned === undefined ? '' : ' SET learnedMaxReplicas = :learned'}`,
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names },
    values: { ...ownership(claim), ...(learned !== undefined && { ':learned': learned }) },
  });
}

/** Put a claim down, so that the next one may take it over at once; `troubledAt`: Chime failed then. */
export async function expireReplicaClaim(
  topology: Topology,
  claim: ReplicaClaim,
  troubledAt?: number,
): Promise<void> {
  const isTroubled = troubledAt !== undefined;
  await changeTopology(topology, {
    update: `SET replicas.#n.lease.#until = :zero${isTroubled ? ', replicas.#n.troubledAt = :at' : ''}`,
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), '#until': 'until', ...claimIsOurs.names },
    values: { ...ownership(claim), ':zero': 0, ...(isTroubled && { ':at': troubledAt }) },
  });
}

/** The replica died alone: its ordinal is never used again in this epoch. */
export async function retireReplica(topology: Topology, claim: ReplicaClaim): Promise<void> {
  await changeTopology(topology, {
    update: 'SET replicas.#n.#state = :retired',
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names },
    values: { ...ownership(claim), ':retired': 'retired' },
  });
}
