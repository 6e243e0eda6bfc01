import { type Context, type Operand, type PathOf, Reader, readOnce } from './reader.ts';
import { at, changed, type Item, invalid, type Path, type Value } from './values.ts';

interface Assignment {
  path: PathOf;
  /** The value afterwards. `undefined` removes it. */
  becomes: (context: Context) => Value | undefined;
}

type Update = Assignment[];

/** An update expression as a list of assignments. All values are read from the item before the update. */
export const updateOf = readOnce((expression: string): Update => {
  const reader = new Reader(expression);
  const update: Update = [];
  while (reader.peek) {
    const section = reader.takeIf('SET', 'REMOVE', 'ADD', 'DELETE');
    if (!section) throw new Error(`not simulated: ${expression}`);
    update.push(...reader.list(() => assignment(reader, section)));
  }
  return update;
});

/** The item after the update, and the paths that it names. */
export function updated(update: Update, context: Context): { item: Item; paths: Path[] } {
  const paths = update.map(({ path }) => path(context));
  const values = update.map(({ becomes }) => becomes(context));
  const item = paths.reduce((made, path, n) => changed(made, path, values[n]), context.item);
  return { item, paths };
}

function assignment(reader: Reader, section: string): Assignment {
  const path = reader.path();
  if (section === 'REMOVE') return { path, becomes: () => undefined };
  if (section === 'SET') {
    reader.expect('=');
    const value = sum(reader);
    return { path, becomes: (context) => present(value(context)) };
  }
  const operand = reader.operand();
  const combine = section === 'ADD' ? added : taken;
  return { path, becomes: (context) => combine(at(context.item, path(context)), operand(context) as Value) };
}

function sum(reader: Reader): Operand {
  const left = term(reader);
  const operator = reader.takeIf('+', '-');
  if (!operator) return left;
  const right = term(reader);
  const sign = operator === '+' ? 1 : -1;
  return (context) => ({
    N: String(Number(present(left(context)).N) + sign * Number(present(right(context)).N)),
  });
}

function term(reader: Reader): Operand {
  if (!reader.takeIf('IF_NOT_EXISTS')) return reader.operand();
  reader.expect('(');
  const path = reader.path();
  reader.expect(',');
  const otherwise = reader.operand();
  reader.expect(')');
  return (context) => at(context.item, path(context)) ?? otherwise(context);
}

function present(value: Value | undefined): Value {
  if (!value) throw invalid('The provided expression refers to an attribute that does not exist in the item');
  return value;
}

function added(before: Value | undefined, more: Value): Value {
  if (more.N !== undefined) return { N: String(Number(before?.N ?? 0) + Number(more.N)) };
  const [type, members] = setOf(more);
  const old = (before?.[type] ?? []) as string[];
  return { [type]: [...old, ...members.filter((member) => !old.includes(member))] };
}

function taken(before: Value | undefined, less: Value): Value | undefined {
  if (!before) return undefined;
  const [type, members] = setOf(less);
  const left = (before[type] as string[]).filter((member) => !members.includes(member));
  return left.length > 0 ? { [type]: left } : undefined;
}

function setOf(value: Value): [string, string[]] {
  const [type, members] = Object.entries(value)[0] as [string, string[]];
  if (type !== 'SS' && type !== 'NS') throw new Error(`a set of ${type} is not simulated`);
  return [type, members];
}
