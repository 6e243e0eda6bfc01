import { readFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import { type Operation, refusalsOf } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { type Example, examples } from '../../scripts/api-reference/examples.ts';
import { anchorOf } from '../../scripts/api-reference/sections.ts';
import { apiReference } from '../../scripts/api-reference.ts';

const page = readFileSync('docs/api.md', 'utf8');
const routes = Object.entries<Operation>(operations) as [keyof typeof examples, Operation][];
const sectionOf = ({ method, path }: Operation) =>
  page.split(/^## /m).find((section) => section.startsWith(`${method} ${path}\n`)) ?? '';

/** A schema takes a value as it is: it fills nothing in, and leaves nothing out. */
function expectTaken(schema: z.ZodMiniType | null | undefined, value: unknown) {
  const written = JSON.parse(JSON.stringify(value));
  expect(schema?.parse(written)).toEqual(written);
}

describe('the page about the API', () => {
  it('is what npm run docs:api writes', () => {
    expect(page).toBe(apiReference());
  });

  it.each(routes)('has a section about %s: its purpose, and each refusal of its own', (_, operation) => {
    const section = sectionOf(operation);
    expect(section).toContain(operation.summary);
    for (const code of operation.refusals) expect(section).toContain(`| \`${code}\` |`);
  });

  it('explains what to do about every refusal', () => {
    const codes = new Set(routes.flatMap(([, operation]) => refusalsOf(operation)));
    for (const code of codes)
      expect(page).toMatch(new RegExp(`^\\| \`${code}\` \\| \\d{3} \\| .{10,} \\|$`, 'm'));
  });

  it('has no broken link to itself', () => {
    const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) => anchorOf(title));
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, link]) => link);
    expect(anchors).toEqual(expect.arrayContaining([...new Set(links)]));
    expect(new Set(anchors).size).toBe(anchors.length);
  });
});

describe('the examples of the API', () => {
  it.each(routes)('for %s are valid requests and responses by the contract', (name, operation) => {
    const { query, body, answers = {} }: Example = examples[name];
    if (query) expect(operation.query?.parse(asText(query))).toMatchObject(query);
    if (body) expectTaken(operation.body, body);
    for (const [status, answer] of Object.entries(answers))
      expectTaken(operation.answers[Number(status)], answer);
  });

  it.each(routes)('for %s show a body wherever there is one', (name, operation) => {
    const speaking = Object.values(operation.answers).filter((schema) => schema !== null);
    const shown = Object.keys(examples[name].answers ?? {}).map(
      (status) => operation.answers[Number(status)],
    );
    expect(speaking.filter((schema) => !shown.includes(schema))).toEqual([]);
    expect(examples[name].body !== undefined).toBe(operation.body !== undefined);
  });
});

const asText = (query: object) =>
  Object.fromEntries(Object.entries(query).map(([name, held]) => [name, `${held}`]));
