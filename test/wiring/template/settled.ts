import { intrinsic, type Resource, type Template } from './template.ts';

const NOTHING = Symbol('AWS::NoValue');

/** The template as CloudFormation carries it out: its conditions decided, and what they leave out left out. */
export function settled(template: Template): Template {
  const decide = (condition: unknown): boolean => decided(condition, template.Conditions ?? {});
  const settle = (value: unknown): unknown => {
    const [name, argument] = intrinsic(value) ?? [];
    if (name === 'Ref' && argument === 'AWS::NoValue') return NOTHING;
    if (name === 'Fn::If') {
      const [condition, then, otherwise] = argument as [string, unknown, unknown];
      return settle(decide({ Condition: condition }) ? then : otherwise);
    }
    if (Array.isArray(value)) return value.map(settle).filter((item) => item !== NOTHING);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, held]) => [key, settle(held)] as const);
    return Object.fromEntries(entries.filter(([, held]) => held !== NOTHING));
  };
  const wanted = Object.entries(template.Resources).filter(
    ([, { Condition }]) => !Condition || decide({ Condition }),
  );
  const Resources = wanted.map(([id, resource]) => [id, settle(resource) as Resource]);
  return { ...template, Resources: Object.fromEntries(Resources) };
}

function decided(condition: unknown, conditions: Record<string, unknown>): boolean {
  const [[name, argument]] = Object.entries(condition as object) as [[string, unknown]];
  const all = () => (argument as unknown[]).map((each) => decided(each, conditions));
  if (name === 'Condition') return decided(conditions[argument as string], conditions);
  if (name === 'Fn::Equals') return (argument as unknown[])[0] === (argument as unknown[])[1];
  if (name === 'Fn::Not') return !all()[0];
  if (name === 'Fn::And') return all().every(Boolean);
  if (name === 'Fn::Or') return all().some(Boolean);
  throw new TypeError(`no condition: ${name}`);
}
