/** An attribute value in DynamoDB's JSON: {"S": "…"}, {"N": "1"}, {"M": {…}} … */
export type Value = Record<string, unknown>;
export type Item = Record<string, Value>;
/** A document path: names and list positions. */
export type Path = readonly (string | number)[];

const typeOf = (value: Value) => Object.keys(value)[0] as string;

/** The value at a path. Undefined where there is none. */
export function at(item: Item, path: Path): Value | undefined {
  let here: Value | undefined = { M: item };
  for (const step of path) {
    const holder: unknown = typeof step === 'number' ? here?.L : here?.M;
    here = (holder as Record<string | number, Value> | undefined)?.[step];
  }
  return here;
}

/** The item with the value at a path replaced or removed. All else is shared with the old item. */
export function changed(item: Item, path: Path, value: Value | undefined): Item {
  const [head, ...rest] = path as [string | number, ...Path];
  if (typeof head === 'number') throw new Error('changing lists is not simulated');
  const copy = { ...item };
  const below = rest.length === 0 ? value : inner(copy[head], rest, value);
  if (below === undefined) delete copy[head];
  else copy[head] = below;
  return copy;
}

function inner(parent: Value | undefined, rest: Path, value: Value | undefined): Value {
  if (!parent?.M) throw invalid('The document path provided in the update expression is invalid for update');
  return { M: changed(parent.M as Item, rest, value) };
}

/** Compares as expressions do: an absent value, or one of another type, is only ever unequal. */
export function compare(left: Value | undefined, operator: string, right: Value | undefined): boolean {
  if (operator === '=') return areEqual(left, right);
  if (operator === '<>') return !areEqual(left, right);
  if (!left || !right || typeOf(left) !== typeOf(right)) return false;
  const sign = order(left, right);
  if (operator === '<') return sign < 0;
  if (operator === '<=') return sign <= 0;
  return operator === '>' ? sign > 0 : sign >= 0;
}

/** Compares numbers by size, and texts by their code units: all our keys are ASCII. */
export function order(left: Value, right: Value): number {
  const type = typeOf(left);
  if (type === 'N') return Number(left.N) - Number(right.N);
  if (type !== 'S') throw new Error(`ordering ${type} is not simulated`);
  if (left.S === right.S) return 0;
  return (left.S as string) < (right.S as string) ? -1 : 1;
}

function areEqual(left: Value | undefined, right: Value | undefined): boolean {
  if (!left || !right) return false;
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const { SS, NS } = value as Value;
  if (SS || NS) return [...((SS ?? NS) as string[])].sort();
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([name, member]) => [name, sorted(member)]);
}

/** Does a text, a set or a list contain this? */
export function contains(whole: Value | undefined, part: Value | undefined): boolean {
  if (!whole || !part) return false;
  if (whole.S !== undefined) return part.S !== undefined && (whole.S as string).includes(part.S as string);
  if (whole.L) return (whole.L as Value[]).some((member) => areEqual(member, part));
  const members = (part.S !== undefined ? whole.SS : whole.NS) as string[] | undefined;
  return members?.includes((part.S ?? part.N) as string) ?? false;
}

/** The length of a text, or the number of members. Undefined where that has no meaning. */
export function size(value: Value | undefined): Value | undefined {
  if (!value || value.N !== undefined || value.BOOL !== undefined) return undefined;
  const inside = Object.values(value)[0] as string | unknown[] | object;
  const count =
    typeof inside === 'string' || Array.isArray(inside) ? inside.length : Object.keys(inside).length;
  return { N: String(count) };
}

/** An error that DynamoDB answers with. */
export class DynamoError extends Error {
  /** The one that failed a condition, if the request asks for it. */
  readonly item: Item | undefined;

  constructor(name: string, message: string, item?: Item) {
    super(message);
    this.name = name;
    this.item = item;
  }
}

export const invalid = (words: string) => new DynamoError('ValidationException', words);
