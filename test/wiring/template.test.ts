import * as access from './template/access.ts';
import { breaks, type Rules } from './template/breaks.ts';
import * as entrance from './template/entrance.ts';
import * as keeping from './template/keeping.ts';
import { packagedTemplate } from './template/packaged.ts';
import { danglingReferences as references } from './template/references.ts';
import { againstSchemas as schemas } from './template/schema.ts';
import { settled } from './template/settled.ts';
import type { Template } from './template/template.ts';
import * as watching from './template/watching.ts';

/** Rules about what is carried out; the first two hold for every branch of what is written. */
const carriedOut: Rules = { ...access, ...entrance, ...keeping, ...watching };
const rules: Rules = { schemas, references, ...carriedOut };

/** Say yes or no to a condition, as a parameter would. */
function decide(template: Template, condition: string, yes: boolean): Template {
  return {
    ...template,
    Conditions: { ...template.Conditions, [condition]: { 'Fn::Equals': ['yes', yes ? 'yes' : 'no'] } },
  };
}

function judge(template: Template, name: string): string[] {
  return rules[name]?.(name in carriedOut ? settled(template) : template) ?? [`there is no rule ${name}`];
}

let packaged: Template;

beforeAll(async () => {
  packaged = await packagedTemplate();
});

describe('the packaged template of production', () => {
  it.each(Object.keys(rules))('satisfies the rule %s', (name) => {
    expect(judge(packaged, name)).toEqual([]);
  });

  it('satisfies all rules with a customer key, Chime’s own notifications and another topic', () => {
    const conditions = ['TableKeyIsGiven', 'ChimeNotifies', 'AlarmTopicIsGiven'];
    const changed = conditions.reduce((each, condition) => decide(each, condition, true), packaged);
    const template = decide(changed, 'AlarmEmailIsGiven', false);
    expect(Object.keys(settled(template).Resources)).not.toContain('AlarmTopic');
    expect(Object.keys(carriedOut).flatMap((name) => judge(template, name))).toEqual([]);
  });

  it('has no part of webhooks without an endpoint, and names none', () => {
    const template = settled(decide(packaged, 'WebhooksAreOn', false));
    expect(Object.keys(settled(packaged).Resources)).toContain('Webhooks');
    const parts = Object.entries(template.Resources).filter(([id]) => /webhook|publishEvents/i.test(id));
    expect(parts).toEqual([]);
    expect(template.Resources.Table?.Properties.StreamSpecification).toBeUndefined();
    expect(references(template)).toEqual([]);
    expect(Object.keys(carriedOut).flatMap((name) => rules[name]?.(template))).toEqual([]);
  });

  it('names no part of webhooks that only some deployments have, beside their own', () => {
    expect(references(settled(packaged))).toEqual([]);
  });

  it('traces nothing where a parameter turned tracing off', () => {
    const roles = JSON.stringify(settled(decide(packaged, 'Traced', false)));
    expect(JSON.stringify(settled(packaged))).toContain('xray:PutTraceSegments');
    expect(roles).not.toContain('xray:');
  });

  it('allows calls by pages of the named origins only', () => {
    expect(packaged.Resources.HttpApi?.Properties.CorsConfiguration.AllowOrigins).toEqual([
      'https://live.example',
      'https://www.example',
    ]);
  });
});

describe('a spoilt template', () => {
  it.each(breaks)('with $what is found invalid', ({ rule, spoil }) => {
    const template = structuredClone(packaged);
    const properties = Object.entries(template.Resources).map(([id, { Properties }]) => [id, Properties]);
    spoil(Object.fromEntries(properties), template);
    expect(template).not.toEqual(packaged);
    expect(judge(template, rule)).not.toEqual([]);
  });

  it('exists for every rule', () => {
    expect([...new Set(breaks.map(({ rule }) => rule))].sort()).toEqual(Object.keys(rules).sort());
  });
});
