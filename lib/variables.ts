/** What the text of an environment variable may be. */
interface Kind<Value> {
  /** The value, or undefined if the text is none. */
  read: (text: string) => Value | undefined;
  /** For the error: the text must … */
  must: string;
}

/** A variable of a deployment: its kind, and its value where it is absent. */
export interface Variable<Value> extends Kind<Value> {
  otherwise: Value;
}

export const text: Kind<string> = { read: (value) => value, must: 'be a text' };

/** In any case of letters. */
export const flag: Kind<boolean> = {
  read: (value) => FLAGS.get(value.toLowerCase()),
  must: 'be true or false',
};

const FLAGS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

export function matching(pattern: RegExp, what: string): Kind<string> {
  return { read: (value) => (pattern.test(value) ? value : undefined), must: `be ${what}` };
}

export function whole(min: number, max: number): Kind<number> {
  const read = (value: string) => {
    const number = Number(value);
    return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
  };
  return { read, must: `be a whole number from ${min} to ${max}` };
}

/** More than 0. */
export function positive(max: number): Kind<number> {
  const read = (value: string) => (Number(value) > 0 && Number(value) <= max ? Number(value) : undefined);
  return { read, must: `be a number above 0, and at most ${max}` };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Kind<Word> {
  return { read: (value) => words.find((word) => word === value), must: `be ${words.join(' or ')}` };
}

/** One to `most` texts, separated by commas. */
export function listOf({ read, must }: Kind<string>, most: number): Kind<string[]> {
  const readAll = (value: string) => {
    const items = value.split(',').map((item) => item.trim());
    return items.length <= most && items.every((item) => read(item) !== undefined) ? items : undefined;
  };
  return { read: readAll, must: `be at most ${most} texts separated by commas, of which each must ${must}` };
}

export const or = <Value>(kind: Kind<Value>, otherwise: Value): Variable<Value> => ({ ...kind, otherwise });
export const optional = <Value>(kind: Kind<Value>): Variable<Value | undefined> => ({
  ...kind,
  otherwise: undefined,
});

type Variables = Record<string, Variable<unknown>>;
type Values<Of extends Variables> = { [Name in keyof Of]: Of[Name]['otherwise'] };

/** The values of variables in an environment. An empty text counts as absent. Throws an error that names each invalid variable. */
export function readVariables<Of extends Variables>(
  variables: Of,
  environment: Record<string, string | undefined>,
): Values<Of> {
  const faults: string[] = [];
  const entries = Object.entries(variables).map(([name, { read, must, otherwise }]) => {
    const written = environment[name];
    if (!written) return [name, otherwise];
    const value = read(written);
    if (value === undefined) faults.push(`${name}: must ${must}`);
    return [name, value];
  });
  if (faults.length > 0) throw new TypeError(faults.join('; '));
  return Object.fromEntries(entries);
}
