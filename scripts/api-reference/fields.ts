/** The subset of JSON Schema that the contract uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
}

export type Schemas = Record<string, Schema>;

export interface Field {
  path: string;
  words: string;
  /** The note on this member, rather than on its type. */
  note: string;
  description: string;
}

/** Schemas with their own section on the page. */
export const EXPLAINED: Readonly<Record<string, string>> = {
  MediaRegion: '[media region](#media-regions)',
  ExternalMeetingId: '[name](#names)',
  ExternalUserId: '[name](#names)',
};

/** The members of an object, including nested ones, each with its type. */
export function fieldsOf(schema: Schema, schemas: Schemas, path = ''): Field[] {
  const { properties = {}, required = [] } = resolved(schema, schemas);
  return Object.entries(properties).flatMap(([name, member]) => {
    const at = path ? `${path}.${name}` : name;
    const whole = resolved(member, schemas);
    const words = [...wordsOf(member, schemas), ...presence(whole, required.includes(name))].join(', ');
    const note = member.description ?? '';
    const field = { path: at, words, note, description: note || (whole.description ?? '') };
    return [field, ...fieldsOf(inside(whole), schemas, whole.items ? `${at}[]` : at)];
  });
}

function inside(schema: Schema): Schema {
  return schema.items && !schema.items.$ref?.endsWith('MediaRegion') ? schema.items : schema;
}

function resolved(schema: Schema, schemas: Schemas): Schema {
  const name = nameOf(schema);
  return name ? (schemas[name] as Schema) : schema;
}

const nameOf = ({ $ref }: Schema) => $ref?.slice($ref.lastIndexOf('/') + 1);

function presence(schema: Schema, required: boolean): string[] {
  if (schema.default !== undefined) return [`\`${schema.default}\` if absent`];
  return required ? ['required'] : [];
}

/** The type of a value, as text. */
export function wordsOf(schema: Schema, schemas: Schemas): string[] {
  const explained = EXPLAINED[nameOf(schema) ?? ''];
  if (explained) return [explained];
  const whole = resolved(schema, schemas);
  if (whole.const !== undefined) return [`\`${whole.const}\``];
  if (whole.enum) return [whole.enum.map((word) => `\`${word}\``).join(' or ')];
  if (whole.items) return [listOf(whole, schemas)];
  if (typeof whole.additionalProperties === 'object' && !whole.properties)
    return [`by media region: ${wordsOf(whole.additionalProperties, schemas).join(', ')}`];
  return [whole.type ?? 'anything', ...limitsOf(whole)];
}

function listOf({ items = {}, minItems, maxItems }: Schema, schemas: Schemas): string {
  const [least, most] = [minItems && `at least ${minItems}`, maxItems && `at most ${maxItems}`];
  return [`list of ${wordsOf(items, schemas)[0]}s`, least, most].filter(Boolean).join(', ');
}

function limitsOf({ minimum, maximum, pattern, format }: Schema): string[] {
  if (format === 'date-time') return ['a time (RFC 3339)'];
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const range = most !== undefined ? [`${minimum ?? 0} to ${most}`] : minimum ? [`${minimum} or more`] : [];
  return [...range, ...(pattern ? [`matching \`${pattern.replaceAll('|', '\\|')}\``] : [])];
}
