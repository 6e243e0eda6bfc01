import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { allSettledOrThrow } from '../../all-settled.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { readAll } from '../batch.ts';
import { statusKey, topologyKey } from '../keys.ts';
import { TableName, table } from '../table.ts';
import { STATUS_SHARDS } from './status-index.ts';
import { toTopology } from './topologies.ts';

type Status = Topology['status'];

/** A name of a list as it was read, and its position in that list. */
export interface ListedTopology {
  position: string;
  topology: Topology;
}

/**
 * One page of the positions in the list of a status: soonest first if scheduled, otherwise latest first. The list lies in 8
 * ordered partitions. A page is merged from the front of each, in one round trip. `next`: where the next page starts.
 */
export async function readStatusList(
  status: Status,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ positions: string[]; next?: string }> {
  const shards = Array.from({ length: STATUS_SHARDS }, (_, shard) => shard);
  const fronts = await allSettledOrThrow(
    shards.map((shard) => front(statusKey(status, shard), { after, limit, ascends: ascends(status) })),
  );
  const ascending = fronts.flat().sort();
  const merged = ascends(status) ? ascending : ascending.reverse();
  const positions = merged.slice(0, limit);
  const next = merged.length > limit ? positions.at(-1) : undefined;
  return { positions, ...(next !== undefined && { next }) };
}

const ascends = (status: Status) => status === 'scheduled';

async function front(
  key: string,
  { after, limit, ascends }: { after: string | undefined; limit: number; ascends: boolean },
): Promise<string[]> {
  const beyond = after === undefined ? '' : ` AND statusAt ${ascends ? '>' : '<'} :after`;
  const query = new QueryCommand({
    TableName: TableName(),
    IndexName: 'byStatus',
    KeyConditionExpression: `statusShard = :key${beyond}`,
    ExpressionAttributeValues: { ':key': key, ...(after !== undefined && { ':after': after }) },
    ScanIndexForward: ascends,
    Limit: limit + 1,
  });
  const { Items } = await table().send(query);
  return (Items ?? []).map((item) => item.statusAt as string);
}

/**
 * The names at these positions, in their order. Names that have another status by now are left out: the index is a moment
 * behind. So are expired ones, which DynamoDB deletes late.
 */
export async function readListed(
  status: Status,
  positions: string[],
  now: number,
): Promise<ListedTopology[]> {
  const items = await readAll(positions.map((position) => topologyKey(nameAt(position))));
  const shown = items.filter((item) => item.status === status && (item.expiresAt as number) * 1000 > now);
  const byName = new Map(shown.map((item) => [item.externalMeetingId, item]));
  return positions.flatMap((position) => {
    const item = byName.get(nameAt(position));
    return item ? [{ position, topology: toTopology(item) }] : [];
  });
}

/** A position is an ISO 8601 instant of 24 characters, `#`, and the name. */
const nameAt = (position: string) => position.slice(25);
