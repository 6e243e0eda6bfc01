import type { LearnedLimit } from '../domain/learned-limit.ts';
import { isBeyondLimit, type Lease, mostOnRecord, type Replica, type Topology } from '../domain/topology.ts';
import { freshTopology } from './topologies.ts';
import { type Claimed, changeTopology } from './topology-writes.ts';

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

const primaryIsTheSame = '#primary.Meeting.MeetingId = :primaryId';

/**
 * Win the right to open the replica of this ordinal, beside this very primary: one that was never claimed, or whose claim is
 * still the abandoned one that was read. A claim that is ours already, because the SDK repeated the write, counts as taken
 * over. Every replica of one ordinal is claimed once, however many pictures of the topology are about.
 */
export async function claimReplica(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const isOnRecord = topology.replicas.some(({ ordinal }) => ordinal === claim.ordinal);
  return isOnRecord ? takeOver(topology, claim, now) : claimNew(topology, claim, now);
}

/** A new ordinal also needs that the limit is as it was read: of all who would try whether it has passed, one does. */
async function claimNew(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const { learnedLimit } = topology;
  const isProbe = isBeyondLimit(topology, claim.ordinal);
  const done = await changeTopology(topology, {
    update: `SET replicas.#n = :replica, nextOrdinal = :next${isProbe ? ', learnedLimit.#at = :now' : ''}`,
    clauses: [
      'attribute_not_exists(replicas.#n)',
      'attribute_not_exists(nextOrdinal) OR nextOrdinal <= :n',
      'size(replicas) < :most',
      learnedLimit ? 'learnedLimit.#at = :limitAt' : 'attribute_not_exists(learnedLimit)',
      primaryIsTheSame,
    ],
    names: { '#n': String(claim.ordinal), '#primary': 'primary', ...(learnedLimit && { '#at': 'at' }) },
    values: {
      ...claimed(topology, claim),
      ':n': claim.ordinal,
      ':next': claim.ordinal + 1,
      ':most': mostOnRecord(topology),
      ...(learnedLimit && { ':limitAt': learnedLimit.at }),
      ...(isProbe && { ':now': now }),
    },
  });
  if (done !== 'lost') return 'claimed';
  return (await isOurs(topology, claim, now)) ? 'taken-over' : 'lost';
}

async function isOurs(topology: Topology, { ordinal, lease, fence }: ReplicaClaim, now: number) {
  const fresh = await freshTopology(topology.externalMeetingId, now);
  const replica = fresh?.replicas.find((one) => one.ordinal === ordinal);
  return fresh?.epoch === topology.epoch && replica?.lease?.owner === lease.owner && replica.fence === fence;
}

async function takeOver(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const asRead =
    claim.fence === 1 ? 'attribute_not_exists(replicas.#n.fence)' : 'replicas.#n.fence = :fenceAsRead';
  const abandoned = `replicas.#n.lease.#until <= :now AND ${asRead}`;
  const ours = 'replicas.#n.lease.#owner = :owner AND replicas.#n.fence <= :fence';
  const done = await changeTopology(topology, {
    update: 'SET replicas.#n = :replica',
    clauses: [
      'replicas.#n.#state = :claimed AND replicas.#n.mediaRegion = :mediaRegion',
      `(${abandoned}) OR (${ours})`,
      primaryIsTheSame,
    ],
    names: { ...claimIsOurs.names, '#n': String(claim.ordinal), '#until': 'until', '#primary': 'primary' },
    values: {
      ...claimed(topology, claim),
      ...ownership(claim),
      ...(claim.fence > 1 && { ':fenceAsRead': claim.fence - 1 }),
      ':mediaRegion': claim.mediaRegion,
      ':now': now,
    },
  });
  return done === 'lost' ? 'lost' : 'taken-over';
}

const claimed = ({ primary }: Topology, claim: ReplicaClaim) => ({
  ':replica': { state: 'claimed', capacity: 0, ...claim },
  ':primaryId': primary?.Meeting?.MeetingId,
});

/** Make a replica visible to placement, if the claim is still ours. One that stands beyond the known limit shows that it has passed. */
export async function publishReplica(
  topology: Topology,
  claim: ReplicaClaim,
  { meetingId, capacity, now }: { meetingId: string; capacity: number; now: number },
): Promise<'published' | 'lost'> {
  const forgotten = isBeyondLimit(topology, claim.ordinal) ? ', learnedLimit' : '';
  const done = await changeTopology(topology, {
    update: `SET replicas.#n.#state = :open, replicas.#n.meetingId = :meetingId, replicas.#n.#capacity = :capacity, replicas.#n.openedAt = :now REMOVE replicas.#n.lease${forgotten}`,
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names, '#capacity': 'capacity' },
    values: {
      ...ownership(claim),
      ':capacity': capacity,
      ':open': 'open',
      ':meetingId': meetingId,
      ':now': now,
    },
  });
  return done === 'lost' ? 'lost' : 'published';
}

/**
 * Give up a claim on a replica, and its ordinal with it: what its request token opened is never published. `learned`: why Chime
 * refused to open it.
 */
export async function giveUpReplica(
  topology: Topology,
  claim: ReplicaClaim,
  learned?: LearnedLimit,
): Promise<'given-up' | 'lost'> {
  const done = await changeTopology(topology, {
    update: `REMOVE replicas.#n${learned ? ' SET learnedLimit = :learned' : ''}`,
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names },
    values: { ...ownership(claim), ...(learned && { ':learned': learned }) },
  });
  return done === 'lost' ? 'lost' : 'given-up';
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
