import type { Lease, Replica } from '../../domain/meeting/topology.ts';

/** The right of one request to open the replica of one ordinal. */
export interface ReplicaClaim {
  ordinal: number;
  mediaRegion: Replica['mediaRegion'];
  lease: Lease;
  /** `nextFence` of the topology that the claim is made on. */
  fence: number;
}

/** The condition that no later claim was made on the ordinal. */
export const claimIsOurs = {
  clauses: [
    'replicas.#n.#state = :claimed',
    'replicas.#n.lease.#owner = :owner',
    'replicas.#n.fence = :fence',
  ],
  names: { '#state': 'state', '#owner': 'owner' },
};
/** The values of `claimIsOurs`. */
export const ownership = ({ lease, fence }: ReplicaClaim) => ({
  ':claimed': 'claimed',
  ':owner': lease.owner,
  ':fence': fence,
});
