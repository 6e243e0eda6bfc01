import type { Item, Value } from './values.ts';

/** Converts a value of our code to DynamoDB's JSON. */
export function wired(value: unknown): Value {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Set) return wiredSet([...value]);
  if (Array.isArray(value)) return { L: value.map(wired) };
  return value === null ? { NULL: true } : { M: wiredItem(value as object) };
}

function wiredSet(members: unknown[]): Value {
  return typeof members[0] === 'number' ? { NS: members.map(String) } : { SS: members };
}

/** Converts an item to DynamoDB's JSON, without undefined members. */
export function wiredItem(item: object): Item {
  const members = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.map(([name, value]) => [name, wired(value)]));
}

/** Converts a value of DynamoDB's JSON to one of our code. */
export function bare(value: Value): unknown {
  const [type, inside] = Object.entries(value)[0] as [string, never];
  if (type === 'N') return Number(inside);
  if (type === 'NS') return new Set((inside as string[]).map(Number));
  if (type === 'SS') return new Set(inside as string[]);
  if (type === 'L') return (inside as Value[]).map(bare);
  if (type === 'M') return bareItem(inside as Item);
  return type === 'NULL' ? null : inside;
}

/** An item without the types on its values. */
export function bareItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, bare(value)]));
}
