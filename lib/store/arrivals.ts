import type { Tally } from '../domain/demand.ts';
import type { MediaRegion } from '../domain/media-regions.ts';
import type { Topology } from '../domain/topology.ts';
import { readAll } from './batch.ts';
import { seatsKey } from './keys.ts';

/**
 * How many viewers drew a ticket in this epoch, by their own media region: in all of its replicas, also those that died,
 * for their viewers come again. One round trip for a hundred replicas.
 */
export async function readArrivals({ externalMeetingId, epoch, replicas }: Topology): Promise<Tally> {
  const items = await readAll(replicas.map(({ ordinal }) => seatsKey({ externalMeetingId, epoch, ordinal })));
  const sum: Tally = {};
  for (const { arrivals } of items)
    for (const [from, viewers] of Object.entries(arrivals as Tally))
      sum[from as MediaRegion] = (sum[from as MediaRegion] ?? 0) + viewers;
  return sum;
}
