import { schemaOf } from './schema.ts';
import { intrinsic, type Template } from './template.ts';

/** What a template names and does not have: resources, their attributes, conditions. */
export function danglingReferences(template: Template): string[] {
  const { Resources, Outputs = {}, Conditions = {} } = template;
  const roots = Object.entries({ ...Resources, ...Outputs, ...Conditions });
  return roots.flatMap(([id, root]) => {
    const names = [...namesIn(root), ...dependencies(root)];
    return names.flatMap((name) => {
      const words = wrongAbout(name, template);
      return words ? [`${id} names ${name.join('.')}, ${words}`] : [];
    });
  });
}

type Name = ['condition' | 'resource', id: string, attribute?: string];

function wrongAbout([kind, id, attribute]: Name, { Resources, Conditions = {} }: Template) {
  if (kind === 'condition') return id in Conditions ? undefined : 'which is no condition';
  if (id.startsWith('AWS::')) return undefined;
  const resource = Resources[id];
  if (!resource) return 'which is no resource';
  if (!attribute) return undefined;
  return Object.hasOwn(schemaOf(resource.Type)?.attributes ?? {}, attribute) ? undefined : 'which it has not';
}

function dependencies(root: unknown): Name[] {
  const { DependsOn = [], Condition } = (root ?? {}) as {
    DependsOn?: string | string[];
    Condition?: unknown;
  };
  const condition: Name[] = typeof Condition === 'string' ? [['condition', Condition]] : [];
  return [...[DependsOn].flat().map((id): Name => ['resource', id]), ...condition];
}

function namesIn(value: unknown): Name[] {
  const [name, argument] = intrinsic(value) ?? [];
  const below = typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
  if (name === 'Ref') return [['resource', argument as string]];
  if (name === 'Fn::GetAtt') return [dotted([argument].flat().join('.'))];
  if (name === 'Fn::If') return [['condition', (argument as [string])[0]], ...below];
  if (name === 'Fn::Sub') return [...below, ...substituted(String([argument].flat()[0]))];
  return below;
}

const substituted = (text: string) =>
  [...text.matchAll(/\$\{([\w:.]+)\}/g)].map(([, path = '']) => dotted(path));

function dotted(path: string): Name {
  const [id = '', ...attribute] = path.split('.');
  return attribute.length > 0 ? ['resource', id, attribute.join('.')] : ['resource', id];
}
