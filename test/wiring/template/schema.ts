import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource as Schema } from '@aws-cdk/service-spec-types';
import { intrinsic, type Template } from './template.ts';

const specification = loadAwsServiceSpecSync();

/** AWS's schema of a resource type: its properties, and its attributes for `Fn::GetAtt`. Undefined for an unknown type. */
export function schemaOf(type: string): Schema | undefined {
  return [...specification.lookup('resource', 'cloudFormationType', 'equals', type)][0];
}

/**
 * What in a template AWS's own resource schemas know nothing of, miss, or have of another type. It holds a template to
 * what they say; of lengths, patterns and most lists of values they say nothing.
 */
export function againstSchemas(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const schema = schemaOf(Type);
    return schema ? ofProperties(Properties, schema.properties, id) : [`${id}: AWS has no ${Type}`];
  });
}

function ofProperties(value: object, known: Record<string, Property>, path: string): string[] {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(known, name));
  const missing = Object.keys(known).filter((name) => known[name]?.required && !Object.hasOwn(value, name));
  return [
    ...unknown.map((name) => `${path}.${name} is unknown`),
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, held]) => ofProperty(held, known[name], `${path}.${name}`)),
  ];
}

function ofProperty(value: unknown, property: Property | undefined, path: string): string[] {
  if (!property) return [];
  return ofOneOf(value, [property.type, ...(property.previousTypes ?? [])], path);
}

/** The violations of the type that matches best. */
function ofOneOf(value: unknown, types: readonly PropertyType[], path: string): string[] {
  const findings = types.map((type) => ofValue(value, type, path));
  return findings.reduce((best, each) => (each.length < best.length ? each : best));
}

function ofValue(value: unknown, type: PropertyType, path: string): string[] {
  if (type.type === 'union') return ofOneOf(value, type.types, path);
  if (type.type === 'json') return [];
  const call = intrinsic(value);
  if (call) return ofCall(call, type, path);
  if (type.type === 'array') return ofArray(value, type.element, path);
  if (typeof value !== 'object' || value === null) return ofScalar(value, type, path);
  if (type.type === 'map')
    return Object.entries(value).flatMap(([k, held]) => ofValue(held, type.element, `${path}.${k}`));
  if (type.type === 'ref')
    return ofProperties(value, specification.get('typeDefinition', type.reference).properties, path);
  if (type.type === 'tag') return 'Key' in value && 'Value' in value ? [] : [`${path} is no tag`];
  return [`${path} is not of type ${type.type}`];
}

function ofArray(value: unknown, element: PropertyType, path: string): string[] {
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((item, n) => ofValue(item, element, `${path}[${n}]`));
}

const SCALARS: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  'date-time': (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

function ofScalar(value: unknown, type: PropertyType, path: string): string[] {
  if (!SCALARS[type.type]?.(value)) return [`${path} is not of type ${type.type}`];
  const allowed: readonly unknown[] | undefined = 'allowedValues' in type ? type.allowedValues : undefined;
  return !allowed || allowed.includes(value) ? [] : [`${path} is not one of ${allowed.join(', ')}`];
}

/** Both branches of a choice must fit; what the other functions give is text. */
function ofCall([name, argument]: [string, unknown], type: PropertyType, path: string): string[] {
  if (name === 'Fn::If') return (argument as unknown[]).slice(1).flatMap((each) => ofValue(each, type, path));
  if (name === 'Ref' && argument === 'AWS::NoValue') return [];
  if (name === 'Fn::Split') return type.type === 'array' ? [] : [`${path} is a list`];
  return type.type === 'string' ? [] : [`${path} is text, not of type ${type.type}`];
}
