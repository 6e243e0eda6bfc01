import type { ChimeMeeting, Lease, PrimaryMeeting, Replica, Topology } from '../domain/topology.ts';
import { changeTopology } from './topology-writes.ts';

export interface ReplicaClaim {
  ordinal: number;
  mediaRegion: Replica['mediaRegion'];
  capacity: number;
  lease: Lease;
}

/**
 * Win the right to open the primary of this epoch, if nobody has opened it and no living claim stands. What
 * an abandoned claim said stays as it was said, media region included: its meeting may exist already.
 */
export async function claimPrimary(
  topology: Topology,
  primary: Omit<PrimaryMeeting, 'state'>,
  now: number,
): Promise<'claimed' | 'lost'> {
  const neverClaimed = 'attribute_not_exists(#primary)';
  const abandoned = '#primary.#state = :claimed AND #primary.lease.#until <= :now';
  const done = await changeTopology(topology, {
    update: 'SET #primary = :primary',
    clauses: [`(${neverClaimed}) OR (${abandoned})`],
    names: { '#primary': 'primary', '#state': 'state', '#until': 'until' },
    values: { ':primary': { state: 'claimed', ...primary }, ':claimed': 'claimed', ':now': now },
  });
  return done === 'lost' ? 'lost' : 'claimed';
}

/** Make the primary visible, with those who were seated at its opening, if the claim is still ours. */
export async function publishPrimary(
  topology: Topology,
  { Meeting, lease, now }: { Meeting: ChimeMeeting; lease: Lease; now: number },
  onStage: string[],
): Promise<'published' | 'lost'> {
  const add = onStage.length > 0 ? ' ADD stage :onStage' : '';
  const done = await changeTopology(topology, {
    update: `SET #primary.#state = :open, #primary.Meeting = :Meeting, #primary.openedAt = :now, #status = :live REMOVE #primary.lease${add}`,
    clauses: ['#primary.#state = :claimed', '#primary.lease.#owner = :owner'],
    names: { '#primary': 'primary', '#state': 'state', '#owner': 'owner' },
    values: {
      ':open': 'open',
      ':claimed': 'claimed',
      ':live': 'live',
      ':Meeting': Meeting,
      ':now': now,
      ':owner': lease.owner,
      ...(add && { ':onStage': new Set(onStage) }),
    },
  });
  return done === 'lost' ? 'lost' : 'published';
}

/** Give up a claim on the primary that had no effect at Chime. */
export async function unclaimPrimary(topology: Topology, lease: Lease): Promise<void> {
  await changeTopology(topology, {
    update: 'REMOVE #primary',
    clauses: ['#primary.#state = :claimed', '#primary.lease.#owner = :owner'],
    names: { '#primary': 'primary', '#state': 'state', '#owner': 'owner' },
    values: { ':claimed': 'claimed', ':owner': lease.owner },
  });
}

/** Win the right to open the replica of this ordinal, beside this very primary. */
export async function claimReplica(
  topology: Topology,
  claim: ReplicaClaim,
  now: number,
): Promise<'claimed' | 'lost'> {
  const neverClaimed = 'attribute_not_exists(replicas.#n)';
  const abandoned = 'replicas.#n.#state = :claimed AND replicas.#n.lease.#until <= :now';
  const primaryIsTheSame = '#primary.Meeting.MeetingId = :primaryId';
  const done = await changeTopology(topology, {
    update: 'SET replicas.#n = :replica',
    clauses: [`(${neverClaimed}) OR (${abandoned})`, primaryIsTheSame],
    names: { '#n': String(claim.ordinal), '#state': 'state', '#until': 'until', '#primary': 'primary' },
    values: {
      ':replica': { state: 'claimed', ...claim },
      ':claimed': 'claimed',
      ':now': now,
      ':primaryId': topology.primary?.Meeting?.MeetingId,
    },
  });
  return done === 'lost' ? 'lost' : 'claimed';
}

const claimIsOurs = {
  clauses: ['replicas.#n.#state = :claimed', 'replicas.#n.lease.#owner = :owner'],
  names: { '#state': 'state', '#owner': 'owner' },
};

/** Make a replica visible to placement, if the claim is still ours. */
export async function publishReplica(
  topology: Topology,
  claim: ReplicaClaim,
  meetingId: string,
): Promise<'published' | 'lost'> {
  const done = await changeTopology(topology, {
    update: 'SET replicas.#n.#state = :open, replicas.#n.meetingId = :meetingId REMOVE replicas.#n.lease',
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names },
    values: {
      ':open': 'open',
      ':claimed': 'claimed',
      ':owner': claim.lease.owner,
      ':meetingId': meetingId,
    },
  });
  return done === 'lost' ? 'lost' : 'published';
}

/** Give up a claim on a replica that had no effect at Chime; `learned`: the account allows no more than these. */
export async function unclaimReplica(topology: Topology, claim: ReplicaClaim, learned?: number): Promise<void> {
  await changeTopology(topology, {
    update: `REMOVE replicas.#n${learned === undefined ? '' : ' SET learnedMaxReplicas = :learned'}`,
    clauses: claimIsOurs.clauses,
    names: { '#n': String(claim.ordinal), ...claimIsOurs.names },
    values: {
      ':claimed': 'claimed',
      ':owner': claim.lease.owner,
      ...(learned !== undefined && { ':learned': learned }),
    },
  });
}

/** Say of a replica that it crossed its soft mark, or sold its last seat: placement then prefers others. */
export async function markReplica(
  topology: Topology,
  ordinal: number,
  mark: 'filling' | 'soldOut',
): Promise<void> {
  await changeTopology(topology, {
    update: 'SET replicas.#n.#mark = :yes',
    clauses: ['attribute_exists(replicas.#n)'],
    names: { '#n': String(ordinal), '#mark': mark },
    values: { ':yes': true },
  });
}
