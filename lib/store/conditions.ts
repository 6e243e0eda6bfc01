/** A condition of a write, with the names and values that its expression uses. A bare text needs none of its own. */
export type Clause = string | { expression: string; names?: Names; values?: Values };

type Names = Record<string, string>;
type Values = Record<string, unknown>;
type Whole = Required<Exclude<Clause, string>>;

/** The `ADD` of an update that counts: each attribute grows by its number. Nothing for no attributes. */
export function additions(counts: readonly (readonly [attribute: string, many: number])[]) {
  return {
    add: counts.length > 0 ? ` ADD ${counts.map((_, k) => `#add${k} :add${k}`).join(', ')}` : '',
    names: Object.fromEntries(counts.map(([attribute], k) => [`#add${k}`, attribute])),
    values: Object.fromEntries(counts.map(([, many], k) => [`:add${k}`, many])),
  };
}

/** A condition that requires all of the clauses. */
export const all = (...clauses: Clause[]): Whole => joined(' AND ', clauses);

/** A condition that requires at least one of the clauses. */
export const any = (...clauses: Clause[]): Whole => joined(' OR ', clauses);

/**
 * The members of a write command that make it conditional. `update`: the names and values of its other expressions.
 */
export function when(condition: Clause, update: { names?: Names; values?: Values } = {}) {
  const { expression, names, values } = whole(condition);
  const allNames = merged([names, update.names ?? {}]);
  const allValues = merged([values, update.values ?? {}]);
  return {
    ConditionExpression: expression,
    ...(Object.keys(allNames).length > 0 && { ExpressionAttributeNames: allNames }),
    ...(Object.keys(allValues).length > 0 && { ExpressionAttributeValues: allValues }),
  };
}

function whole(clause: Clause): Whole {
  return typeof clause === 'string'
    ? { expression: clause, names: {}, values: {} }
    : { names: {}, values: {}, ...clause };
}

/** One clause stays as it is, because DynamoDB rejects redundant parentheses. */
function joined(word: string, clauses: Clause[]): Whole {
  const parts = clauses.map(whole);
  const expressions = parts.map(({ expression }) => (parts.length > 1 ? `(${expression})` : expression));
  return {
    expression: expressions.join(word),
    names: merged(parts.map(({ names }) => names)),
    values: merged(parts.map(({ values }) => values)),
  };
}

/** All placeholders of one write. One placeholder cannot stand for two things. */
function merged<T>(parts: Record<string, T>[]): Record<string, T> {
  const all: Record<string, T> = {};
  for (const [placeholder, meaning] of parts.flatMap(Object.entries<T>)) {
    if (placeholder in all && all[placeholder] !== meaning)
      throw new Error(`${placeholder} stands for two things in one write`);
    all[placeholder] = meaning;
  }
  return all;
}
