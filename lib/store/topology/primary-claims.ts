import type { PrimaryProblem } from '../../domain/meeting/primary-problem.ts';
import type { ChimeMeeting, Lease, PrimaryMeeting, Topology } from '../../domain/meeting/topology.ts';
import { all, any } from '../conditions.ts';
import { outcome } from '../table.ts';
import { primaryClaimIsOurs, primaryIs, primaryIsClaimed } from './clauses.ts';
import { onTheList } from './due.ts';
import { topologyExpiresAt } from './expiry.ts';
import { listedFrom, listedUnder, toStatusList } from './status-index.ts';
import { type Claimed, changeTopology, claimOutcome } from './topology-writes.ts';

/**
 * Win the right to open the primary of this epoch, unless it is open or under a lease that has not expired. A claim
 * whose lease expired is taken over only for the media region that it names, because its meeting may exist there. A
 * claim that is already ours is taken over in the same way, because the SDK repeats a write whose response was
 * lost. The name is kept from now on for as long as after a publication, because the claim may create a meeting.
 */
export async function claimPrimary(
  topology: Topology,
  primary: Pick<PrimaryMeeting, 'mediaRegion' | 'unattended'> & { lease: Lease },
  now: number,
): Promise<Claimed> {
  const neverClaimed = 'attribute_not_exists(#primary)';
  const abandonedOrOurs = {
    expression: '#primary.lease.#until <= :now OR #primary.lease.#owner = :owner',
    names: { '#until': 'until', '#owner': 'owner' },
    values: { ':now': now, ':owner': primary.lease.owner },
  };
  const sameRegion = {
    expression: '#primary.mediaRegion = :mediaRegion',
    values: { ':mediaRegion': primary.mediaRegion },
  };
  const done = await changeTopology(topology, {
    update:
      'SET #primary = :primary, expiresAt = :expiresAt, reconcileShard = :reconcileShard, reconcileAt = :reconcileAt',
    clauses: [any(neverClaimed, all(primaryIsClaimed, abandonedOrOurs, sameRegion))],
    values: {
      ':primary': { state: 'claimed', capacity: 0, ...primary },
      ':expiresAt': topologyExpiresAt(topology, now),
      ...onTheList(topology.externalMeetingId, primary.lease.until),
    },
    returns: 'UPDATED_OLD',
  });
  return claimOutcome(done, 'primary');
}

/** What a topology says of a primary once it is open. `now`: milliseconds since the epoch. */
export interface PublishedPrimary {
  Meeting: ChimeMeeting;
  capacity: number;
  lease: Lease;
  /** Chime was not yet seen to find it. */
  unproven?: boolean;
  now: number;
}

/**
 * Publish the primary, with the people who were seated at its opening, if the claim is still ours. If this primary
 * is already published, that counts as published, because the SDK repeats a write whose response was lost.
 */
export async function publishPrimary(
  topology: Topology,
  { Meeting, capacity, lease, unproven, now }: PublishedPrimary,
  onStage: string[],
): Promise<'published' | 'conflict'> {
  const add = onStage.length > 0 ? ' ADD stage :onStage' : '';
  const isPublished = all(
    { expression: '#primary.#state = :open', values: { ':open': 'open' } },
    primaryIs(Meeting.MeetingId),
  );
  const write = changeTopology(topology, {
    update: `SET #primary.#state = :open, #primary.Meeting = :Meeting, #primary.#capacity = :capacity, #primary.openedAt = :now, expiresAt = :expiresAt, #status = :live, ${toStatusList} ${unproven ? ', #primary.unproven = :true' : ''} REMOVE #primary.lease, primaryProblem${add}`,
    clauses: [any(primaryClaimIsOurs(lease), isPublished)],
    names: { '#capacity': 'capacity' },
    values: {
      ':capacity': capacity,
      ':live': 'live',
      ...listedUnder('live', topology.externalMeetingId, listedFrom(topology)),
      ':expiresAt': topologyExpiresAt(topology, now),
      ':Meeting': Meeting,
      ':now': now,
      ...(unproven && { ':true': true }),
      ...(add && { ':onStage': new Set(onStage) }),
    },
  });
  return outcome(write, 'published', 'conflict');
}

/**
 * Release a claim, so that the next request may take it over at once. `problem`: why Chime did not open the primary.
 */
export async function releasePrimaryClaim(
  topology: Topology,
  lease: Lease,
  problem?: PrimaryProblem,
): Promise<void> {
  await changeTopology(topology, {
    update: `SET #primary.lease.#until = :zero${problem ? ', primaryProblem = :problem' : ''}`,
    clauses: [primaryClaimIsOurs(lease)],
    names: { '#until': 'until' },
    values: { ':zero': 0, ...(problem && { ':problem': problem }) },
  });
}

/** Delete a claim on the primary that had no effect at Chime. `problem`: why Chime did not open it. */
export async function deletePrimaryClaim(
  topology: Topology,
  lease: Lease,
  problem?: PrimaryProblem,
): Promise<void> {
  await changeTopology(topology, {
    update: `REMOVE #primary${problem ? ' SET primaryProblem = :problem' : ''}`,
    clauses: [primaryClaimIsOurs(lease)],
    ...(problem && { values: { ':problem': problem } }),
  });
}
