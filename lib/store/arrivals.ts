import type { Tally } from '../domain/demand.ts';
import type { Topology } from '../domain/topology.ts';
import { readAll } from './batch.ts';
import { arrivedFrom, seatsKey } from './keys.ts';

/**
 * How many viewers drew a ticket in this epoch, by their own media region: in all of its replicas, also those that died,
 * for their viewers come again. One round trip for a hundred replicas.
 */
export async function readArrivals({ externalMeetingId, epoch, replicas }: Topology): Promise<Tally> {
  const items = await readAll(replicas.map(({ ordinal }) => seatsKey({ externalMeetingId, epoch, ordinal })));
  const sum: Tally = {};
  for (const item of items)
    for (const [attribute, viewers] of Object.entries(item)) {
      const from = arrivedFrom(attribute);
      if (from) sum[from] = (sum[from] ?? 0) + (viewers as number);
    }
  return sum;
}
