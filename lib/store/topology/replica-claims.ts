import { mostOnRecord } from '../../domain/meeting/ordinals.ts';
import { isBeyondLimit, type Topology } from '../../domain/meeting/topology.ts';
import { pauseForProbe } from '../../domain/placement/cool-downs.ts';
import { coolDownOf } from '../keys.ts';
import { claimIsOurs, ownership, type ReplicaClaim } from './replica-claim.ts';
import { freshTopology } from './topologies.ts';
import { type Claimed, changeTopology } from './topology-writes.ts';

const primaryIsTheSame = '#primary.Meeting.MeetingId = :primaryId';

/**
 * Win the right to open the replica of this ordinal beside the current primary. The ordinal was never claimed, or
 * its claim is still the expired one that was read. A claim that is already ours counts as taken over, because the
 * SDK may have repeated the write. Each replica of one ordinal is claimed once, even if requests act on different
 * reads of the topology.
 */
export async function claimReplica(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const isOnRecord = topology.replicas.some(({ ordinal }) => ordinal === claim.ordinal);
  return isOnRecord ? takeOver(topology, claim, now) : claimNew(topology, claim, now);
}

/**
 * Claim a new ordinal, if the learned limit is also as it was read. Of all requests that would probe the limit, one
 * wins.
 */
async function claimNew(topology: Topology, claim: ReplicaClaim, now: number): Promise<Claimed> {
  const { learnedLimit } = topology;
  const isProbe = isBeyondLimit(topology, claim.ordinal);
  const region = regionAsRead(topology, claim, now);
  const done = await changeTopology(topology, {
    update: `SET replicas.#n = :replica, nextOrdinal = :next${isProbe ? ', learnedLimit.#at = :now' : ''}${region.update}`,
    clauses: [
      'attribute_not_exists(replicas.#n)',
      'attribute_not_exists(nextOrdinal) OR nextOrdinal <= :n',
      'size(replicas) < :most',
      learnedLimit ? 'learnedLimit.#at = :limitAt' : 'attribute_not_exists(learnedLimit)',
      region.clause,
      primaryIsTheSame,
    ],
    names: {
      ...{ '#n': String(claim.ordinal), '#primary': 'primary', ...region.names },
      ...(learnedLimit && { '#at': 'at' }),
    },
    values: {
      ...claimed(topology, claim),
      ...region.values,
      ':n': claim.ordinal,
      ':next': claim.ordinal + 1,
      ':most': mostOnRecord(topology),
      ...(learnedLimit && { ':limitAt': learnedLimit.at }),
      ...(isProbe && { ':now': now }),
    },
  });
  if (done !== 'conflict') return 'claimed';
  return (await isOurs(topology, claim, now)) ? 'taken-over' : 'conflict';
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
  const region = regionAsRead(topology, claim, now);
  const done = await changeTopology(topology, {
    update: `SET replicas.#n = :replica${region.update}`,
    clauses: [
      'replicas.#n.#state = :claimed AND replicas.#n.mediaRegion = :mediaRegion',
      `(${abandoned}) OR (${ours})`,
      region.clause,
      primaryIsTheSame,
    ],
    names: {
      ...{ ...claimIsOurs.names, ...region.names },
      ...{ '#n': String(claim.ordinal), '#until': 'until', '#primary': 'primary' },
    },
    values: {
      ...claimed(topology, claim),
      ...region.values,
      ...ownership(claim),
      ...(claim.fence > 1 && { ':fenceAsRead': claim.fence - 1 }),
      ':mediaRegion': claim.mediaRegion,
      ':now': now,
    },
  });
  return done === 'conflict' ? 'conflict' : 'taken-over';
}

/**
 * The condition that the media region is as it was read. If a cool-down was over, the next pause begins with the
 * claim: of all requests that would probe the media region, one wins.
 */
function regionAsRead({ coolDowns }: Topology, { mediaRegion }: ReplicaClaim, now: number) {
  const coolDown = coolDowns?.[mediaRegion];
  const names = { '#coolDown': coolDownOf(mediaRegion) };
  if (!coolDown) return { update: '', clause: 'attribute_not_exists(#coolDown)', names, values: {} };
  return {
    update: ', #coolDown.#until = :pause',
    clause: '#coolDown.#until = :coolUntil OR #coolDown.#until = :pause', // the latter if the SDK repeats the write
    names: { ...names, '#until': 'until' },
    values: { ':coolUntil': coolDown.until, ':pause': pauseForProbe(coolDown, now) },
  };
}

function claimed({ primary, replicas }: Topology, claim: ReplicaClaim) {
  const goneSince = replicas.find(({ ordinal }) => ordinal === claim.ordinal)?.goneSince;
  return {
    ':replica': { state: 'claimed', capacity: 0, ...claim, ...(goneSince !== undefined && { goneSince }) },
    ':primaryId': primary?.Meeting?.MeetingId,
  };
}

/**
 * Publish a replica for placement, if the claim is still ours. It proves that its media region works. If its ordinal
 * is beyond the learned limit, it also proves that the limit no longer holds.
 */
export async function publishReplica(
  topology: Topology,
  claim: ReplicaClaim,
  { meetingId, capacity, now }: { meetingId: string; capacity: number; now: number },
): Promise<'published' | 'conflict'> {
  const forgotten = isBeyondLimit(topology, claim.ordinal) ? ', learnedLimit' : '';
  const done = await changeTopology(topology, {
    update: `SET replicas.#n.#state = :open, replicas.#n.meetingId = :meetingId, replicas.#n.#capacity = :capacity, replicas.#n.openedAt = :now REMOVE replicas.#n.lease, replicas.#n.goneSince, #coolDown${forgotten}`,
    clauses: claimIsOurs.clauses,
    names: {
      ...{ '#n': String(claim.ordinal), ...claimIsOurs.names, '#capacity': 'capacity' },
      '#coolDown': coolDownOf(claim.mediaRegion),
    },
    values: {
      ...ownership(claim),
      ':capacity': capacity,
      ':open': 'open',
      ':meetingId': meetingId,
      ':now': now,
    },
  });
  return done === 'conflict' ? 'conflict' : 'published';
}
