import type { Topology } from '../domain/meeting/topology.ts';
import { settings } from '../settings.ts';
import { readAll } from './batch.ts';
import { quotaKey, topologyKey } from './keys.ts';
import { type Quota, quotaIn } from './quota.ts';
import { rememberTopology } from './topology/topologies.ts';

/**
 * What a request reads before it claims a replica: the quota of an operation, and the topology again, consistently and in one
 * request. When a crowd comes, many requests decide to claim the same replica. Those that see the claim of another one here
 * write nothing. The container keeps the topology.
 */
export async function readBeforeClaim(
  externalMeetingId: string,
  operation: string,
  now: number,
): Promise<{ quota: Quota; topology: Topology | undefined }> {
  const [topology, quota] = [topologyKey(externalMeetingId), quotaKey(settings().controlRegion, operation)];
  const items = await readAll([topology, quota], { ConsistentRead: true });
  const of = ({ pk }: { pk: string }) => items.find((item) => item.pk === pk);
  return {
    quota: quotaIn(of(quota)),
    topology: rememberTopology(externalMeetingId, of(topology), now).topology,
  };
}
