import type { PrimaryProblem } from '../../domain/meeting/primary-problem.ts';
import type { ChimeMeeting, Lease, PrimaryMeeting, Topology } from '../../domain/meeting/topology.ts';
import { nameExpiresAt } from '../table.ts';
import { onTheList } from './due.ts';
import { type Claimed, changeTopology, claimOutcome } from './topology-writes.ts';

/**
 * Win the right to open the primary of this epoch, if it is neither open nor under a lease that has not expired. A
 * claim whose lease expired is taken over only for the media region that it names, because its meeting may exist
 * there. The same holds for a claim that is already ours, because the SDK repeats a write whose response was lost.
 */
export async function claimPrimary(
  topology: Topology,
  primary: Pick<PrimaryMeeting, 'mediaRegion' | 'unattended'> & { lease: Lease },
  now: number,
): Promise<Claimed> {
  const neverClaimed = 'attribute_not_exists(#primary)';
  const abandonedOrOurs =
    '#primary.#state = :claimed AND (#primary.lease.#until <= :now OR #primary.lease.#owner = :owner)';
  const sameRegion = '#primary.mediaRegion = :mediaRegion';
  const done = await changeTopology(topology, {
    update: 'SET #primary = :primary, reconcileShard = :reconcileShard, reconcileAt = :reconcileAt',
    clauses: [`(${neverClaimed}) OR (${abandonedOrOurs} AND ${sameRegion})`],
    names: { '#primary': 'primary', '#state': 'state', '#until': 'until', '#owner': 'owner' },
    values: {
      ':owner': primary.lease.owner,
      ':primary': { state: 'claimed', capacity: 0, ...primary },
      ':claimed': 'claimed',
      ':now': now,
      ':mediaRegion': primary.mediaRegion,
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
  const done = await changeTopology(topology, {
    update: `SET #primary.#state = :open, #primary.Meeting = :Meeting, #primary.#capacity = :capacity, #primary.openedAt = :now, expiresAt = :expiresAt, #status = :live ${unproven ? ', #primary.unproven = :true' : ''} REMOVE #primary.lease, primaryProblem${add}`,
    clauses: [
      `(#primary.#state = :claimed AND #primary.lease.#owner = :owner) OR (#primary.#state = :open AND #primary.Meeting.MeetingId = :id)`,
    ],
    names: { '#primary': 'primary', '#state': 'state', '#owner': 'owner', '#capacity': 'capacity' },
    values: {
      ':id': Meeting.MeetingId,
      ':capacity': capacity,
      ':open': 'open',
      ':claimed': 'claimed',
      ':live': 'live',
      ':expiresAt': nameExpiresAt(now),
      ':Meeting': Meeting,
      ':now': now,
      ':owner': lease.owner,
      ...(unproven && { ':true': true }),
      ...(add && { ':onStage': new Set(onStage) }),
    },
  });
  return done === 'conflict' ? 'conflict' : 'published';
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
    clauses: ['#primary.#state = :claimed', '#primary.lease.#owner = :owner'],
    names: { '#primary': 'primary', '#state': 'state', '#owner': 'owner', '#until': 'until' },
    values: {
      ':claimed': 'claimed',
      ':owner': lease.owner,
      ':zero': 0,
      ...(problem && { ':problem': problem }),
    },
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
    clauses: ['#primary.#state = :claimed', '#primary.lease.#owner = :owner'],
    names: { '#primary': 'primary', '#state': 'state', '#owner': 'owner' },
    values: { ':claimed': 'claimed', ':owner': lease.owner, ...(problem && { ':problem': problem }) },
  });
}
