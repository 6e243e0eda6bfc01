import { conditionOf } from './conditions.ts';
import { found, type Query } from './queries.ts';
import { updated, updateOf } from './updates.ts';
import { at, changed, DynamoError, type Item, type Path, type Value } from './values.ts';

/** The input of any operation that we send, in DynamoDB's JSON. */
export interface Input extends Query {
  Key: Item;
  Item: Item;
  ConditionExpression?: string;
  UpdateExpression: string;
  ReturnValues?: string;
  ReturnValuesOnConditionCheckFailure?: string;
  RequestItems: Record<string, { Keys: Item[]; ConsistentRead?: boolean }>;
  ConsistentRead?: boolean;
}

/** A table in memory. Items are immutable: a write replaces the old item by a new one. */
export interface Table {
  /** By partition key and sort key. */
  items: Map<string, Item>;
  /** How many writes were done. */
  writes: number;
  /** Does one operation, at once and atomically. Throws the error that DynamoDB answers instead. */
  perform: (operation: string, input: Input) => object;
  /** Is told of each change of an item, in the same step. Deletions are left out. */
  onChange?: (before: Item | undefined, after: Item) => void;
}

/** The age that the data of an eventually consistent read may have. */
export interface Reading {
  now: () => number;
  /** For one read (milliseconds). */
  ageOfRead: () => number;
}

/** No read is older than this (milliseconds). */
const MOST_AGE_MS = 1000;

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const keyOf = ({ pk, sk }: Item) => `${pk?.S}\n${sk?.S}`;

/** A table whose reads are as old as `reading` says; without it, each read sees the last write. */
export function createTable(reading?: Reading): Table {
  const history = reading ? createHistory(reading) : withoutHistory();
  const { items } = history;
  const operations: Record<string, (input: Input, seen: Items) => object> = {
    GetItem: ({ Key }, seen) => ({ ...(seen.has(keyOf(Key)) && { Item: seen.get(keyOf(Key)) }) }),
    PutItem: (input) => put(items, input),
    UpdateItem: (input) => update(items, input),
    DeleteItem: (input) => remove(items, input),
    BatchGetItem: (input, seen) => batchGet(seen, input),
    Query: (input, seen) => found([...seen.values()], input),
    Scan: (input, seen) => found([...seen.values()], input),
  };
  const perform = (operation: string, input: Input) => {
    const run = operations[operation];
    if (!run) throw new Error(`${operation} is not simulated`);
    if (READS.includes(operation)) return run(input, history.seenBy(input));
    const key = keyOf(input.Item ?? input.Key);
    const before = items.get(key);
    const done = run(input, items);
    history.note(key, before);
    table.writes++;
    const after = items.get(key);
    if (after && after !== before) table.onChange?.(before, after);
    return done;
  };
  const table: Table = { items, writes: 0, perform };
  return table;
}

type Items = Map<string, Item>;

interface History {
  items: Items;
  note: (key: string, before: Item | undefined) => void;
  /** The data that a read sees. An index is never read consistently. */
  seenBy: (input: Input) => Items;
}

/** The items as they are. A crowd writes hundreds of thousands of times, and none of it has to be kept. */
function withoutHistory(): History {
  const items: Items = new Map();
  return { items, note: () => {}, seenBy: () => items };
}

/** The items as they are, and as they were a moment ago. */
function createHistory({ now, ageOfRead }: Reading): History {
  const items: Items = new Map();
  let writes: { key: string; before: Item | undefined; at: number }[] = [];
  return {
    items,
    note: (key, before) => {
      writes = writes.filter(({ at }) => at >= now() - MOST_AGE_MS);
      writes.push({ key, before, at: now() });
    },
    seenBy: (input) => {
      const age = isConsistent(input) ? 0 : ageOfRead();
      const since = writes.filter(({ at }) => at > now() - age);
      if (age === 0 || since.length === 0) return items;
      const seen = new Map(items);
      for (const { key, before } of since.reverse())
        if (before) seen.set(key, before);
        else seen.delete(key);
      return seen;
    },
  };
}

const isConsistent = ({ ConsistentRead, RequestItems = {} }: Input) =>
  ConsistentRead || Object.values(RequestItems).some((request) => request.ConsistentRead);

function put(items: Items, input: Input): object {
  const key = keyOf(input.Item);
  const old = items.get(key);
  refuseUnless(input, old);
  items.set(key, input.Item);
  return input.ReturnValues === 'ALL_OLD' && old ? { Attributes: old } : {};
}

function remove(items: Items, input: Input): object {
  const key = keyOf(input.Key);
  const old = items.get(key);
  refuseUnless(input, old);
  items.delete(key);
  return input.ReturnValues === 'ALL_OLD' && old ? { Attributes: old } : {};
}

function update(items: Items, input: Input): object {
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

/** The values at these paths, with their parents and nothing else. */
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

function batchGet(items: Items, { RequestItems }: Input): object {
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
  if (conditionOf(input.ConditionExpression)(contextOf(input, item ?? {}))) return;
  const shown = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? item : undefined;
  throw new DynamoError('ConditionalCheckFailedException', 'The conditional request failed', shown);
}

function contextOf({ ExpressionAttributeNames, ExpressionAttributeValues }: Input, item: Item) {
  return {
    item,
    names: ExpressionAttributeNames ?? {},
    values: (ExpressionAttributeValues ?? {}) as Record<string, Value>,
  };
}
