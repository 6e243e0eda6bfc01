import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { runs } from '../domain/seats.ts';
import { TableName, table } from './table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: keys of one request. */
const MOST_KEYS = 100;

type Key = { pk: string; sk: string };
type Item = Record<string, unknown> & Key;

/** Read many items, a hundred a round trip. All of them: what DynamoDB leaves unprocessed is asked for again. */
export async function readAll(keys: Key[], how: { ConsistentRead?: boolean } = {}): Promise<Item[]> {
  const pages = runs(keys, MOST_KEYS).map((page) => readPage(page, how));
  return (await Promise.all(pages)).flat();
}

async function readPage(keys: Key[], how: { ConsistentRead?: boolean }): Promise<Item[]> {
  const items: Item[] = [];
  let left: Key[] = keys;
  while (left.length > 0) {
    const request = { [TableName()]: { Keys: left, ...how } };
    const { Responses, UnprocessedKeys } = await table().send(new BatchGetCommand({ RequestItems: request }));
    items.push(...((Responses?.[TableName()] ?? []) as Item[]));
    left = (UnprocessedKeys?.[TableName()]?.Keys ?? []) as Key[];
  }
  return items;
}
