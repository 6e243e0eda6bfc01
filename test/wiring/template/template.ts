/** A CloudFormation template, as far as it is read here. */
export interface Template {
  Resources: Record<string, Resource>;
  Conditions?: Record<string, unknown>;
  Outputs?: Record<string, unknown>;
}

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: as many shapes as CloudFormation has types
  Properties: Record<string, any>;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
}

/** What is wrong with a template, each in words that name the resource. */
export type Rule = (template: Template) => string[];

/** The resources of a type, by their names in the template. */
export function ofType(template: Template, type: string): [id: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}

/** Say of every one for which it does not hold what must hold. */
export function complain<T>(all: [id: string, T][], holds: (one: T) => unknown, words: string): string[] {
  return all.filter(([, one]) => !holds(one)).map(([id]) => `${id} ${words}`);
}

/** What is in an object under one name, if it is an object with that name only: an intrinsic function. */
export function intrinsic(value: unknown): [name: string, argument: unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  return entry[0] === 'Ref' || entry[0].startsWith('Fn::') ? entry : undefined;
}

/** The logical id that `Ref` or `Fn::GetAtt` names. */
export function referred(value: unknown): string | undefined {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Ref') return argument as string;
  return name === 'Fn::GetAtt' ? String([argument].flat()[0]).split('.')[0] : undefined;
}
