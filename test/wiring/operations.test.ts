import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readResources } from '../support/service.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const { params, provider } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' });
const alarms = Object.values(readResources()).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');

/** The part of the page under a heading. */
function section(heading: string): string {
  const [, part = ''] = page.split(`\n## ${heading}\n`);
  return part.split('\n## ')[0] ?? '';
}

const runbook = section('Runbook')
  .split('\n### ')
  .slice(1)
  .map((text) => ({ name: /^`([\w-]+)`/.exec(text)?.[1], text }));

describe('the runbook', () => {
  it('has a section for each alarm, where the alarm links to it, and no other', () => {
    const said = alarms.map(
      ({ Properties }) => /operations\.md#([\w-]+)$/.exec(String(Properties.AlarmDescription))?.[1],
    );
    expect(runbook.map(({ name }) => name).sort()).toEqual([...new Set(said)].sort());
  });

  it.each(runbook)('explains the alarm $name: its meaning, where to look and what to do', ({ text }) => {
    expect(text).toMatch(/\*Means:\*.*\*Look at:\*.*\*[Dd]o:\*/s);
  });
});

describe('the page of operations', () => {
  it('names each parameter, and no other', () => {
    const rows = section('Parameters')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(named.sort()).toEqual(Object.keys(params.default).sort());
  });

  it('describes parameters that production only sets differently', () => {
    expect(Object.keys(params.default)).toEqual(expect.arrayContaining(Object.keys(params.prod)));
  });

  it('has no broken link to itself', () => {
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
      words.toLowerCase().replace(/\W+/g, '-'),
    );
    const links = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
  });
});

describe('the CloudFormation stack', () => {
  it('is tagged with its service and its stage', () => {
    expect(Object.keys(provider.stackTags)).toEqual(['application', 'stage']);
  });
});
