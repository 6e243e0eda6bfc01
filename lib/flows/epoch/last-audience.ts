import type { Topology } from '../../domain/meeting/topology.ts';
import type { Tally } from '../../domain/placement/demand.ts';
import { lastAudienceAfter } from '../../domain/placement/last-audience.ts';
import { readArrivals } from '../../store/replica/arrivals.ts';

/**
 * The last audience to record in the write that ends this life of a topology; undefined to leave the recorded one. It is read
 * before that write, so a crash in between loses nothing: the request that ends the life instead reads it again. If the counts
 * cannot be read, the life ends without them, because an estimate must not keep a name from its next epoch.
 */
export async function audienceAfter(topology: Topology): Promise<Tally | undefined> {
  const arrivals = await readArrivals(topology).catch(() => ({}));
  return lastAudienceAfter(topology.lastAudience, arrivals);
}
