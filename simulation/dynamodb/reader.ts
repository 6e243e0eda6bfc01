import type { Item, Path, Value } from './values.ts';
import { at, size } from './values.ts';

/** The context of an expression: an item, and the request's names and values. */
export interface Context {
  item: Item;
  names: Record<string, string>;
  values: Record<string, Value>;
}

export type Operand = (context: Context) => Value | undefined;
export type PathOf = (context: Context) => Path;

const TOKEN = /\s*([#:]?[A-Za-z_]\w*|\d+|<>|<=|>=|[()=<>,.[\]+-])/y;

/** Reads one expression from left to right. An unknown construct throws an error. */
export class Reader {
  readonly #tokens: string[] = [];
  #next = 0;

  constructor(expression: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < expression.trimEnd().length) {
      const [, token] = TOKEN.exec(expression) ?? [];
      if (!token) throw new Error(`not simulated: ${expression}`);
      this.#tokens.push(token);
    }
  }

  get peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  take(): string {
    const token = this.peek;
    if (token === undefined) throw new Error('an expression ends too early');
    this.#next++;
    return token;
  }

  /** Takes the next token if it is one of these, in any case. */
  takeIf(...words: string[]): string | undefined {
    const word = this.peek?.toUpperCase();
    return word !== undefined && words.includes(word) ? this.take() && word : undefined;
  }

  expect(token: string): void {
    const found = this.take();
    if (found !== token) throw new Error(`${token} expected, not ${found}`);
  }

  list<T>(read: () => T): T[] {
    const all = [read()];
    while (this.takeIf(',')) all.push(read());
    return all;
  }

  path(): PathOf {
    const steps = [this.take()] as (string | number)[];
    for (let more = this.takeIf('.', '['); more; more = this.takeIf('.', '[')) {
      steps.push(more === '.' ? this.take() : Number(this.take()));
      if (more === '[') this.expect(']');
    }
    return ({ names }) =>
      steps.map((step) => (typeof step === 'string' && step.startsWith('#') ? nameOf(names, step) : step));
  }

  operand(): Operand {
    if (this.peek?.startsWith(':')) {
      const name = this.take();
      return ({ values }) => {
        if (!values[name]) throw new Error(`${name} has no value`);
        return values[name];
      };
    }
    if (this.takeIf('SIZE')) {
      this.expect('(');
      const path = this.path();
      this.expect(')');
      return (context) => size(at(context.item, path(context)));
    }
    const path = this.path();
    return (context) => at(context.item, path(context));
  }
}

function nameOf(names: Record<string, string>, name: string): string {
  const attribute = names[name];
  if (attribute === undefined) throw new Error(`${name} is no name`);
  return attribute;
}

/** Parses every expression once, however often it is used. */
export function readOnce<T>(read: (expression: string) => T): (expression: string) => T {
  const known = new Map<string, T>();
  return (expression) => {
    const before = known.get(expression);
    if (before) return before;
    const made = read(expression);
    known.set(expression, made);
    return made;
  };
}
