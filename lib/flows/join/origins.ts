import { type Claimable, type Origins, originsOf } from '../../domain/crowd/origins.ts';
import type { SeatQueue } from '../../domain/crowd/seat-queue.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { openableMediaRegions, placeableMediaRegions } from '../../domain/placement/decision.ts';
import { remainingReplicas } from '../../domain/placement/remaining-replicas.ts';
import { settings } from '../../settings.ts';
import { seatsEach } from '../opening/pace.ts';

/** Where the viewers of a queue come from, and which replicas can be claimed for them, under the settings of this service. */
export function originsIn(topology: Topology, queue: SeatQueue, now: number): [Origins, Claimable] {
  const { controlRegion } = settings();
  const placeable = placeableMediaRegions(topology, controlRegion);
  return [
    originsOf(queue, topology, { placeable, now }),
    {
      most: remainingReplicas(topology, now),
      seatsEach: seatsEach(topology),
      among: openableMediaRegions(topology, { controlRegion, now }),
    },
  ];
}
