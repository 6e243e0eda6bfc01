import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { allSettledOrThrow } from '../../all-settled.ts';
import { type ListName, listKey, SHARDS } from '../keys.ts';
import { TableName, table } from '../table.ts';

export interface Listed {
  externalUserId: string;
  /** ISO 8601. */
  at: string;
}

export interface ListPage {
  listed: Listed[];
  /** Where the next page starts; absent on the last. */
  next?: string;
}

const INSTANT_LENGTH = 24;

/**
 * One page of a list, oldest first. The list lies in 16 ordered partitions. A page is merged from the front of each,
 * in one round trip. A page does not shift when entries are added behind it.
 */
export async function readList(
  list: ListName,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ListPage> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  const fronts = await allSettledOrThrow(
    shards.map((shard) => front(listKey(list, shard), { after, limit })),
  );
  const merged = fronts.flat().sort();
  const page = merged.slice(0, limit);
  const next = merged.length > limit ? page.at(-1) : undefined;
  return { listed: page.map(toListed), ...(next !== undefined && { next }) };
}

async function front(
  key: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const query = new QueryCommand({
    TableName: TableName(),
    IndexName: 'byList',
    KeyConditionExpression: after === undefined ? 'listKey = :key' : 'listKey = :key AND listedAt > :after',
    ExpressionAttributeValues: { ':key': key, ...(after !== undefined && { ':after': after }) },
    Limit: limit + 1,
  });
  const { Items } = await table().send(query);
  return (Items ?? []).map((item) => item.listedAt as string);
}

function toListed(listedAt: string): Listed {
  return { at: listedAt.slice(0, INSTANT_LENGTH), externalUserId: listedAt.slice(INSTANT_LENGTH + 1) };
}
