import type { Pace } from '../../domain/crowd/crowd.ts';
import { capacityOf } from '../../domain/meeting/capabilities.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';

/** How fast replicas of this topology can be opened under the quota. */
export function paceOf(topology: Topology): Pace {
  const { chimeBurst, chimeRatePerSecond } = settings();
  return { seatsEach: seatsEach(topology), burst: chimeBurst, ratePerSecond: chimeRatePerSecond };
}

/** How many seats a replica of this topology has. */
export function seatsEach({ options }: Pick<Topology, 'options'>): number {
  return capacityOf(options.meetingFeatures);
}
