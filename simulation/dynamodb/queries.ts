import { readTableDescription } from '../../local/database/table.ts';
import { conditionOf } from './conditions.ts';
import { type Item, order, type Value } from './values.ts';

/** The input of Query and Scan. */
export interface Query {
  IndexName?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, Value>;
  ExclusiveStartKey?: Item;
  Limit?: number;
  ScanIndexForward?: boolean;
}

/** The keys of the table, and of its sparse indexes, which hold keys only. */
const TABLE_KEYS = ['pk', 'sk'];
const INDEX_KEYS = Object.fromEntries(
  (readTableDescription().Properties.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, KeySchema, Projection }) => {
      if (Projection?.ProjectionType !== 'KEYS_ONLY')
        throw new Error('an index of more than keys is not simulated');
      return [IndexName, (KeySchema ?? []).map(({ AttributeName }) => AttributeName as string)];
    },
  ),
) as Record<string, string[]>;

/** The items that a query finds, in the order of their keys, a page at a time. */
export function found(items: Item[], query: Query): object {
  const keys = keysOf(query);
  const context = (item: Item) => ({
    item,
    names: query.ExpressionAttributeNames ?? {},
    values: query.ExpressionAttributeValues ?? {},
  });
  const holds = (expression: string | undefined) => (item: Item) =>
    expression === undefined || conditionOf(expression)(context(item));
  const matching = items
    .filter(isInPartition(query))
    .filter((item) => keys.every((key) => item[key]))
    .filter(holds(query.KeyConditionExpression));
  const inOrder = matching.sort(by([...keys, ...TABLE_KEYS]));
  if (query.ScanIndexForward === false) inOrder.reverse();
  const after = query.ExclusiveStartKey;
  const rest = after ? inOrder.slice(1 + inOrder.findLastIndex(isUpTo(after, query, keys))) : inOrder;
  const page = rest.slice(0, query.Limit ?? rest.length);
  const seen = page.filter(holds(query.FilterExpression)).map((item) => projected(item, query));
  // DynamoDB stops at the limit without looking whether there is more.
  const last = page.length === query.Limit ? page.at(-1) : undefined;
  return {
    Items: seen,
    Count: seen.length,
    ScannedCount: page.length,
    ...(last && { LastEvaluatedKey: keyOf(last, keys) }),
  };
}

/**
 * Whether an item may match the key condition, by its first clause alone: the partition key equals a value. It is checked first
 * because it is cheap.
 */
function isInPartition({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: Query) {
  const [, key = '', value = ''] = /^(\w+) = (:\w+)/.exec(KeyConditionExpression) ?? [];
  const wanted = ExpressionAttributeValues[value]?.S;
  return (item: Item) => wanted === undefined || item[key]?.S === wanted;
}

function keysOf({ IndexName }: Query): string[] {
  if (IndexName === undefined) return TABLE_KEYS;
  const keys = INDEX_KEYS[IndexName];
  if (!keys) throw new Error(`${IndexName} is not simulated`);
  return keys;
}

const by = (keys: string[]) => (one: Item, other: Item) => {
  for (const key of keys) {
    const sign = order(one[key] as Value, other[key] as Value);
    if (sign !== 0) return sign;
  }
  return 0;
};

const isUpTo =
  (after: Item, { ScanIndexForward }: Query, keys: string[]) =>
  (item: Item) => {
    const sign = by([...keys, ...TABLE_KEYS])(item, after);
    return ScanIndexForward === false ? sign >= 0 : sign <= 0;
  };

function keyOf(item: Item, keys: string[]): Item {
  return pickFrom(item, [...keys, ...TABLE_KEYS]);
}

function projected(item: Item, { IndexName, ProjectionExpression, ExpressionAttributeNames }: Query): Item {
  if (!ProjectionExpression) return IndexName ? keyOf(item, INDEX_KEYS[IndexName] ?? []) : item;
  const names = ProjectionExpression.split(',').map((name) => name.trim());
  if (names.some((name) => /[.[]/.test(name))) throw new Error('projecting inner members is not simulated');
  return pickFrom(
    item,
    names.map((name) => ExpressionAttributeNames?.[name] ?? name),
  );
}

function pickFrom(item: Item, names: string[]): Item {
  return Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}
