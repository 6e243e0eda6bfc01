import { conditionOf } from './conditions.ts';
import { found, type Query } from './queries.ts';
import { updated, updateOf } from './updates.ts';
import { at, changed, DynamoError, type Item, type Path, type Value } from './values.ts';

/** The input of any operation that we send, as it travels. */
export interface Input extends Query {
  Key: Item;
  Item: Item;
  ConditionExpression?: string;
  UpdateExpression: string;
  ReturnValues?: string;
  RequestItems: Record<string, { Keys: Item[] }>;
}

/** A table in memory. Items never change: a write puts a new one in the place of the old. */
export interface Table {
  /** By partition key and sort key. */
  items: Map<string, Item>;
  /** How many writes were done. */
  writes: number;
  /** Do one operation, at once and whole. Throws what DynamoDB answers instead. */
  perform: (operation: string, input: Input) => object;
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const keyOf = ({ pk, sk }: Item) => `${pk?.S}\n${sk?.S}`;

export function createTable(): Table {
  const items = new Map<string, Item>();
  const operations: Record<string, (input: Input) => object> = {
    GetItem: ({ Key }) => ({ ...(items.has(keyOf(Key)) && { Item: items.get(keyOf(Key)) }) }),
    PutItem: (input) => put(items, input),
    UpdateItem: (input) => update(items, input),
    DeleteItem: (input) => remove(items, input),
    BatchGetItem: (input) => batchGet(items, input),
    Query: (input) => found([...items.values()], input),
    Scan: (input) => found([...items.values()], input),
  };
  const perform = (operation: string, input: Input) => {
    const run = operations[operation];
    if (!run) throw new Error(`${operation} is not simulated`);
    const done = run(input);
    if (!READS.includes(operation)) table.writes++;
    return done;
  };
  const table: Table = { items, writes: 0, perform };
  return table;
}

function put(items: Map<string, Item>, input: Input): object {
  const key = keyOf(input.Item);
  const old = items.get(key);
  refuseUnless(input, old);
  items.set(key, input.Item);
  return input.ReturnValues === 'ALL_OLD' && old ? { Attributes: old } : {};
}

function remove(items: Map<string, Item>, input: Input): object {
  const key = keyOf(input.Key);
  const old = items.get(key);
  refuseUnless(input, old);
  items.delete(key);
  return input.ReturnValues === 'ALL_OLD' && old ? { Attributes: old } : {};
}

function update(items: Map<string, Item>, input: Input): object {
  const key = keyOf(input.Key);
  const old = items.get(key);
  refuseUnless(input, old);
  const context = contextOf(input, old ?? input.Key);
  const { item, paths } = updated(updateOf(input.UpdateExpression), context);
  items.set(key, item);
  return returned(input.ReturnValues ?? 'NONE', { old, item, paths });
}

function returned(
  what: string,
  { old, item, paths }: { old: Item | undefined; item: Item; paths: Path[] },
): object {
  if (what === 'NONE') return {};
  const whole = what.endsWith('_OLD') ? old : item;
  if (!whole) return {};
  return { Attributes: what.startsWith('ALL') ? whole : only(whole, paths) };
}

/** What stands at these paths, with their parents and nothing beside. */
function only(item: Item, paths: Path[]): Item {
  const grown = (made: Item, path: Path): Item => {
    const value = at(item, path);
    if (!value) return made;
    const parents = path.slice(0, -1).map((_, n) => path.slice(0, n + 1));
    const rooted = parents.reduce(
      (sofar, parent) => (at(sofar, parent) ? sofar : changed(sofar, parent, { M: {} })),
      made,
    );
    return changed(rooted, path, value);
  };
  return paths.reduce(grown, {});
}

function batchGet(items: Map<string, Item>, { RequestItems }: Input): object {
  const Responses = Object.fromEntries(
    Object.entries(RequestItems).map(([table, { Keys }]) => [
      table,
      Keys.flatMap((key) => items.get(keyOf(key)) ?? []),
    ]),
  );
  return { Responses, UnprocessedKeys: {} };
}

function refuseUnless(input: Input, item: Item | undefined): void {
  if (!input.ConditionExpression) return;
  if (!conditionOf(input.ConditionExpression)(contextOf(input, item ?? {})))
    throw new DynamoError('ConditionalCheckFailedException', 'The conditional request failed');
}

function contextOf({ ExpressionAttributeNames, ExpressionAttributeValues }: Input, item: Item) {
  return {
    item,
    names: ExpressionAttributeNames ?? {},
    values: (ExpressionAttributeValues ?? {}) as Record<string, Value>,
  };
}
