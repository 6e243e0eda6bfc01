import type { Lease, Replica, ReplicaPermits } from '../../domain/meeting/topology.ts';
import { all, type Clause } from '../conditions.ts';

/** The right of one request to open the replica of one ordinal. */
export interface ReplicaClaim {
  ordinal: number;
  mediaRegion: Replica['mediaRegion'];
  lease: Lease;
  /** `nextFence` of the topology that the claim is made on. */
  fence: number;
  permits?: ReplicaPermits;
}

/** The replica of this ordinal is claimed. Names the ordinal as `#n`. */
export const isReplicaClaimed = (ordinal: number): Clause => ({
  expression: 'replicas.#n.#state = :claimed',
  names: { '#n': String(ordinal), '#state': 'state' },
  values: { ':claimed': 'claimed' },
});

/** No later claim was made on the ordinal. */
export const claimIsOurs = ({ ordinal, lease, fence }: ReplicaClaim): Clause =>
  all(isReplicaClaimed(ordinal), {
    expression: 'replicas.#n.lease.#owner = :owner AND replicas.#n.fence = :fence',
    names: { '#owner': 'owner' },
    values: { ':owner': lease.owner, ':fence': fence },
  });
