import { mostOnRecord } from '../../domain/meeting/ordinals.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { pauseForProbe } from '../../domain/placement/cool-downs.ts';
import { isBeyondLimit } from '../../domain/placement/remaining-replicas.ts';
import { all, any, type Clause } from '../conditions.ts';
import { regional } from '../keys.ts';
import { outcome } from '../table.ts';
import { primaryAsRead } from './clauses.ts';
import { claimIsOurs, isReplicaClaimed, type ReplicaClaim } from './replica-claim.ts';
import { freshTopology } from './topologies.ts';
import { type Claimed, changeTopology } from './topology-writes.ts';

/**
 * Win the right to open the replica of this ordinal beside the current primary. The ordinal was never claimed, or
 * its claim is still the expired one that was read. A claim that is already ours counts as taken over, because the
 * SDK may have repeated the write. Of all requests for one ordinal one wins, even if they have read different
 * states of the topology.
 */
export async function claimReplica(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const isOnRecord = topology.replicas.some(({ ordinal }) => ordinal === claim.ordinal);
  return isOnRecord ? takeOver(topology, claim, now) : claimNew(topology, claim, now);
}

/**
 * Claim a new ordinal. The learned limit must be as it was read: of all requests that would test the limit, one
 * wins.
 */
async function claimNew(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const isProbe = isBeyondLimit(topology, claim.ordinal);
  const region = regionAsRead(topology, claim, now);
  const done = await changeTopology(topology, {
    update: `SET replicas.#n = :replica, nextOrdinal = :next${isProbe ? ', learnedLimit.#at = :now' : ''}${region.update}`,
    clauses: [
      neverClaimed(claim.ordinal),
      { expression: 'size(replicas) < :most', values: { ':most': mostOnRecord(topology) } },
      limitAsRead(topology),
      region.clause,
      drainAsRead(topology, claim),
      primaryAsRead(topology),
    ],
    values: {
      ':replica': claimed(topology, claim),
      ':next': claim.ordinal + 1,
      ...(isProbe && { ':now': now }),
    },
  });
  if (done !== 'conflict') return 'claimed';
  return (await isOurs(topology, claim, now)) ? 'taken-over' : 'conflict';
}

const neverClaimed = (ordinal: number): Clause => ({
  expression:
    'attribute_not_exists(replicas.#n) AND (attribute_not_exists(nextOrdinal) OR nextOrdinal <= :n)',
  names: { '#n': String(ordinal) },
  values: { ':n': ordinal },
});

function limitAsRead({ learnedLimit }: Topology): Clause {
  if (!learnedLimit) return 'attribute_not_exists(learnedLimit)';
  return {
    expression: 'learnedLimit.#at = :limitAt',
    names: { '#at': 'at' },
    values: { ':limitAt': learnedLimit.at },
  };
}

async function isOurs(topology: Topology, { ordinal, lease, fence }: ReplicaClaim, now: number) {
  const fresh = await freshTopology(topology.externalMeetingId, now);
  const replica = fresh?.replicas.find((one) => one.ordinal === ordinal);
  return fresh?.epoch === topology.epoch && replica?.lease?.owner === lease.owner && replica.fence === fence;
}

async function takeOver(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const { ordinal, mediaRegion, lease, fence } = claim;
  const isOver = {
    expression: 'replicas.#n.lease.#until <= :now',
    names: { '#until': 'until' },
    values: { ':now': now },
  };
  const ours = {
    expression: 'replicas.#n.lease.#owner = :owner AND replicas.#n.fence <= :fence',
    names: { '#owner': 'owner' },
    values: { ':owner': lease.owner, ':fence': fence },
  };
  const sameRegion = {
    expression: 'replicas.#n.mediaRegion = :mediaRegion',
    values: { ':mediaRegion': mediaRegion },
  };
  const region = regionAsRead(topology, claim, now);
  const write = changeTopology(topology, {
    update: `SET replicas.#n = :replica${region.update}`,
    clauses: [
      isReplicaClaimed(ordinal),
      sameRegion,
      any(all(isOver, fenceAsRead(claim)), ours),
      region.clause,
      drainAsRead(topology, claim),
      primaryAsRead(topology),
    ],
    values: { ':replica': claimed(topology, claim) },
  });
  return outcome(write, 'taken-over', 'conflict');
}

function fenceAsRead({ fence }: ReplicaClaim): Clause {
  if (fence === 1) return 'attribute_not_exists(replicas.#n.fence)';
  return { expression: 'replicas.#n.fence = :fenceAsRead', values: { ':fenceAsRead': fence - 1 } };
}

/**
 * The condition that the cool-down of the media region is as it was read. If it was over, the claim begins the next
 * pause: of all requests that would test the media region, one wins.
 */
function regionAsRead(
  { coolDowns }: Topology,
  { mediaRegion }: ReplicaClaim,
  now: number,
): { update: string; clause: Clause } {
  const coolDown = coolDowns?.[mediaRegion];
  const names = { '#coolDown': regional.coolDown.of(mediaRegion) };
  if (!coolDown) return { update: '', clause: { expression: 'attribute_not_exists(#coolDown)', names } };
  return {
    update: ', #coolDown.#until = :pause',
    clause: {
      expression: '#coolDown.#until = :coolUntil OR #coolDown.#until = :pause', // the latter if the SDK repeats the write
      names: { ...names, '#until': 'until' },
      values: { ':coolUntil': coolDown.until, ':pause': pauseForProbe(coolDown, now) },
    },
  };
}

/** The media region was not drained since the topology was read, so that nothing is opened there after a drain. */
function drainAsRead({ drains }: Topology, { mediaRegion }: ReplicaClaim): Clause {
  const isDrained = drains?.[mediaRegion] !== undefined;
  const names = { '#drain': regional.drain.of(mediaRegion) };
  return { expression: isDrained ? 'attribute_exists(#drain)' : 'attribute_not_exists(#drain)', names };
}

/** The replica as the claim writes it. */
function claimed({ replicas }: Topology, claim: ReplicaClaim) {
  const goneSince = replicas.find(({ ordinal }) => ordinal === claim.ordinal)?.goneSince;
  return { state: 'claimed', capacity: 0, ...claim, ...(goneSince !== undefined && { goneSince }) };
}

/**
 * Publish a replica for placement, if the claim is still ours. The publication proves that its media region works,
 * so the cool-down is deleted. If its ordinal is beyond the learned limit, the limit no longer holds and is deleted
 * too.
 */
export async function publishReplica(
  topology: Topology,
  claim: ReplicaClaim,
  { meetingId, capacity, now }: { meetingId: string; capacity: number; now: number },
): Promise<'published' | 'conflict'> {
  const forgotten = isBeyondLimit(topology, claim.ordinal) ? ', learnedLimit' : '';
  const write = changeTopology(topology, {
    update: `SET replicas.#n.#state = :open, replicas.#n.meetingId = :meetingId, replicas.#n.#capacity = :capacity, replicas.#n.openedAt = :now REMOVE replicas.#n.lease, replicas.#n.goneSince, #coolDown${forgotten}`,
    clauses: [claimIsOurs(claim)],
    names: { '#capacity': 'capacity', '#coolDown': regional.coolDown.of(claim.mediaRegion) },
    values: { ':capacity': capacity, ':open': 'open', ':meetingId': meetingId, ':now': now },
  });
  return outcome(write, 'published', 'conflict');
}
