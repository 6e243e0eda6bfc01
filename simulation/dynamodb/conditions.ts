import { type Context, Reader, readOnce } from './reader.ts';
import { at, compare, contains } from './values.ts';

export type Condition = (context: Context) => boolean;

const FUNCTIONS = ['ATTRIBUTE_EXISTS', 'ATTRIBUTE_NOT_EXISTS', 'CONTAINS', 'BEGINS_WITH'];

/** A condition, key condition or filter as a function of the item. */
export const conditionOf = readOnce((expression: string): Condition => {
  const reader = new Reader(expression);
  const condition = either(reader);
  if (reader.peek) throw new Error(`not simulated: ${expression}`);
  return condition;
});

function either(reader: Reader): Condition {
  const parts = [both(reader)];
  while (reader.takeIf('OR')) parts.push(both(reader));
  return parts.length === 1 ? (parts[0] as Condition) : (context) => parts.some((holds) => holds(context));
}

function both(reader: Reader): Condition {
  const parts = [negated(reader)];
  while (reader.takeIf('AND')) parts.push(negated(reader));
  return parts.length === 1 ? (parts[0] as Condition) : (context) => parts.every((holds) => holds(context));
}

function negated(reader: Reader): Condition {
  if (!reader.takeIf('NOT')) return simple(reader);
  const inner = negated(reader);
  return (context) => !inner(context);
}

function simple(reader: Reader): Condition {
  const word = reader.takeIf('(', ...FUNCTIONS);
  if (word === '(') {
    const inner = either(reader);
    reader.expect(')');
    return inner;
  }
  return word ? asked(reader, word) : compared(reader);
}

function asked(reader: Reader, name: string): Condition {
  reader.expect('(');
  const path = reader.path();
  const part = reader.takeIf(',') ? reader.operand() : undefined;
  reader.expect(')');
  return (context) => {
    const whole = at(context.item, path(context));
    if (name === 'ATTRIBUTE_EXISTS') return whole !== undefined;
    if (name === 'ATTRIBUTE_NOT_EXISTS') return whole === undefined;
    const wanted = part?.(context);
    if (name === 'CONTAINS') return contains(whole, wanted);
    return typeof whole?.S === 'string' && whole.S.startsWith(wanted?.S as string);
  };
}

function compared(reader: Reader): Condition {
  const left = reader.operand();
  if (reader.takeIf('BETWEEN')) {
    const low = reader.operand();
    reader.expect('AND');
    const high = reader.operand();
    return (context) =>
      compare(left(context), '>=', low(context)) && compare(left(context), '<=', high(context));
  }
  const operator = reader.take();
  if (!['=', '<>', '<', '<=', '>', '>='].includes(operator)) throw new Error(`not simulated: ${operator}`);
  const right = reader.operand();
  return (context) => compare(left(context), operator, right(context));
}
