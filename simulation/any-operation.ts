import type { Chance } from './chance.ts';

/** One DynamoDB operation, with expressions of every kind that the store writes. */
export interface Operation {
  name: 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';
  input: Record<string, unknown>;
}

const CONDITIONS = [
  'attribute_exists(pk)',
  'attribute_not_exists(pk)',
  'attribute_not_exists(#m) OR #m.#a <= :n',
  '#m.#a = :n AND #m.deep.x <> :text',
  '#status <> :text',
  'NOT contains(spare, :n)',
  'contains(stage, :text) OR size(stage) < :n',
  'attribute_not_exists(stage) OR size(stage) < #m.#a',
  '(#m.#a > :n) AND (attribute_exists(stage) OR #status = :text)',
  'taken BETWEEN :zero AND :n',
  'begins_with(#status, :text)',
];
const UPDATES = [
  'SET #status = :text',
  'SET #m = :map',
  'SET #m.#a = :n, #status = :text REMOVE taken',
  'SET taken = if_not_exists(taken, :zero) + :n',
  'SET taken = taken - :n',
  'ADD taken :n',
  'ADD stage :mine, spare :tickets',
  'DELETE stage :mine',
  'DELETE spare :tickets',
  'REMOVE #m.deep, stage',
  'SET #m.deep.x = :text',
  'ADD spare :tickets, taken :n SET #status = :text',
  'SET listKey = :list, listedAt = :text',
  'REMOVE listKey, listedAt',
  'SET statusShard = :list, statusAt = if_not_exists(statusAt, :text)',
];
const RETURNS = ['NONE', 'ALL_NEW', 'ALL_OLD', 'UPDATED_NEW', 'UPDATED_OLD'];
const NAMES = { '#m': 'm', '#a': 'a', '#status': 'status' };

export function anyOperation(chance: Chance, partition: string): Operation {
  const name = chance.pick([
    'UpdateItem',
    'UpdateItem',
    'UpdateItem',
    'PutItem',
    'GetItem',
    'DeleteItem',
    'Query',
  ] as const);
  const Key = { pk: { S: partition }, sk: { S: `item-${chance.below(4)}` } };
  if (name === 'GetItem') return { name, input: { Key, ConsistentRead: true } };
  if (name === 'Query') return { name, input: query(chance, partition) };
  const condition = chance.happens(0.6) ? chance.pick(CONDITIONS) : undefined;
  const update = name === 'UpdateItem' ? chance.pick(UPDATES) : undefined;
  const texts = [condition, update].filter((text) => text !== undefined);
  const input = {
    ...(name === 'PutItem' ? { Item: { ...Key, ...anyItem(chance, partition) } } : { Key }),
    ...(condition && { ConditionExpression: condition }),
    ...(update && { UpdateExpression: update }),
    ...(texts.length > 0 && used(texts.join(' '), valuesOf(chance, partition))),
    ReturnValues: update ? chance.pick(RETURNS) : chance.pick(['NONE', 'ALL_OLD']),
  };
  return { name, input };
}

const text = (chance: Chance) => ({ S: chance.pick(['x', 'xy', 'ended']) });
const number = (chance: Chance) => ({ N: `${chance.below(4)}` });
const map = (chance: Chance) => ({ M: { a: number(chance), deep: { M: { x: text(chance) } } } });
const stage = (chance: Chance) => ({ SS: chance.pick([['x'], ['x', 'y'], ['y', 'z']]) });
const spare = (chance: Chance) => ({ NS: chance.pick([['1'], ['1', '2'], ['2', '3']]) });

function anyItem(chance: Chance, list: string): object {
  return {
    ...(chance.happens(0.7) && { status: text(chance) }),
    ...(chance.happens(0.7) && { m: map(chance) }),
    ...(chance.happens(0.7) && { stage: stage(chance) }),
    ...(chance.happens(0.5) && { spare: spare(chance) }),
    ...(chance.happens(0.5) && { taken: number(chance) }),
    ...(chance.happens(0.5) && { listKey: { S: list }, listedAt: text(chance) }),
  };
}

function valuesOf(chance: Chance, list: string): Record<string, object> {
  return {
    ':list': { S: list },
    ':text': text(chance),
    ':n': number(chance),
    ':zero': { N: '0' },
    ':map': map(chance),
    ':mine': stage(chance),
    ':tickets': spare(chance),
  };
}

/** The members that only an expression may bring with it. */
function used(expression: string, values: Record<string, object>): object {
  const has = (name: string) => new RegExp(`${name}(?!\\w)`).test(expression);
  const ofNames = Object.entries(NAMES).filter(([name]) => has(name));
  const ofValues = Object.entries(values).filter(([name]) => has(name));
  return {
    ...(ofNames.length > 0 && { ExpressionAttributeNames: Object.fromEntries(ofNames) }),
    ...(ofValues.length > 0 && { ExpressionAttributeValues: Object.fromEntries(ofValues) }),
  };
}

function query(chance: Chance, partition: string): Record<string, unknown> {
  if (chance.happens(0.3)) return indexQuery(chance, partition);
  const after = chance.happens(0.4) && {
    ExclusiveStartKey: { pk: { S: partition }, sk: { S: `item-${chance.below(4)}` } },
  };
  return {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
    ConsistentRead: true,
    Limit: 1 + chance.below(5),
    ScanIndexForward: chance.happens(0.7),
    ...after,
  };
}

function indexQuery(chance: Chance, partition: string): Record<string, unknown> {
  if (chance.happens(0.4)) return statusQuery(chance, partition);
  return {
    IndexName: 'byList',
    KeyConditionExpression: 'listKey = :list AND listedAt > :text',
    ExpressionAttributeValues: { ':list': { S: partition }, ':text': chance.pick([{ S: 'a' }, { S: 'x' }]) },
  };
}

function statusQuery(chance: Chance, partition: string): Record<string, unknown> {
  return {
    IndexName: 'byStatus',
    KeyConditionExpression: `statusShard = :list AND statusAt ${chance.pick(['<', '>'])} :text`,
    ExpressionAttributeValues: { ':list': { S: partition }, ':text': chance.pick([{ S: 'a' }, { S: 'xa' }]) },
    ScanIndexForward: chance.happens(0.5),
  };
}
