import type { OperationName } from '../../lib/contract.ts';
import { type RefusalCode, refusalRow } from '../../lib/refusals.ts';
import { examples } from './examples.ts';
import { fieldsOf, type Schema, type Schemas, wordsOf } from './fields.ts';
import { json, table } from './markdown.ts';
import { knowsBetter, remedyFor } from './remedies.ts';

/** The parts of an OpenAPI operation that are used. */
export interface Route {
  method: string;
  path: string;
  operationId: OperationName;
  summary: string;
  description: string;
  security?: unknown[];
  parameters?: { in: string; name: string; schema: Schema; required?: boolean; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Response>;
}

interface Response {
  description: string;
  headers?: object;
  content?: Record<string, { schema: Schema; examples?: Record<RefusalCode, unknown> }>;
}

export const titleOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

/** The anchor that GitHub gives to a heading. */
export const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

/** The audience of a route, as text. */
export const audienceOf = ({ description }: Route) =>
  description.replace(/^For (host|presenter|viewer)\b.*/, (words) =>
    words.replace(/host|presenter|viewer/g, '$&s'),
  );

/** The section of one route: its purpose, its callers, its input and its responses. */
export function sectionOf(route: Route, schemas: Schemas, common: ReadonlySet<RefusalCode>): string {
  const parts = [
    `## ${titleOf(route)}`,
    `**${route.summary}.** ${audienceOf(route)}`,
    parametersOf(route, schemas),
    bodyOf(route, schemas),
    ...answersOf(route, schemas),
    refusalsOf(route, common),
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** The query parameters. The page explains path parameters at its end. */
function parametersOf({ parameters = [], operationId }: Route, schemas: Schemas): string {
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  if (asked.length === 0) return '';
  const rows = asked.map(({ name, schema, description = '' }) => {
    const fallback = schema.default === undefined ? [] : [`\`${schema.default}\` if absent`];
    return [`\`${name}\``, [...wordsOf(schema, schemas), ...fallback].join(', '), description];
  });
  const query = new URLSearchParams(examples[operationId].query as Record<string, string>);
  return `${table(['query parameter', 'type', 'meaning'], rows)}${query.size ? `\n\nFor example \`?${query}\`.` : ''}`;
}

function bodyOf({ requestBody, operationId }: Route, schemas: Schemas): string {
  const schema = requestBody?.content['application/json']?.schema;
  if (!requestBody || !schema) return '';
  const head = requestBody.required ? 'The body is JSON:' : 'The body is JSON, and may be omitted:';
  const fields = fieldsOf(schema, schemas).filter(
    ({ words, description }) => words !== 'object' || description,
  );
  const rows = fields.map(({ path, words, description }) => [`\`${path}\``, words, description]);
  return [head, table(['field', 'type', 'meaning'], rows), json(examples[operationId].body)].join('\n\n');
}

const CSV =
  'With the header `Accept: text/csv` the same page is CSV (RFC 4180), with a line of column names on the first page. The header `Link` names the next page, with `rel="next"`. Each interval has a line. `seconds` and `stageSeconds` are of the person, and stand only in the person’s first line, so that a column can be added up. A cell that a spreadsheet would run as a formula begins with an apostrophe, and so does one whose text begins with one: remove one apostrophe to get the text.';

function answersOf({ responses, operationId }: Route, schemas: Schemas): string[] {
  const answered = Object.entries(responses).filter(([status]) => Number(status) < 400);
  return answered.map(([status, { description, content }]) => {
    const example = examples[operationId].answers?.[Number(status)];
    const schema = content?.['application/json']?.schema;
    const alike = schema && !example ? ', in the same shape' : '';
    const head = `Response **${status}**: ${description.charAt(0).toLowerCase()}${description.slice(1)}${alike}.`;
    const asCsv = content?.['text/csv'] ? [CSV] : [];
    return [head, ...(schema && example ? [json(example), notesOn(schema, schemas)] : []), ...asCsv]
      .filter(Boolean)
      .join('\n\n');
  });
}

/** Notes on what an example cannot show. The section of a PUT explains its body. */
function notesOn(schema: Schema, schemas: Schemas): string {
  const fields = fieldsOf(schema, schemas).filter(({ path, note }) => note && !path.startsWith('options.'));
  return fields.map(({ path, note }) => `- \`${path}\`: ${note}`).join('\n');
}

function refusalsOf({ responses, operationId }: Route, common: ReadonlySet<RefusalCode>): string {
  const own = codesOf(responses).filter((code) => !common.has(code) || knowsBetter(operationId, code));
  const rest = 'the [refusals of any route](#refusals-of-any-route).';
  if (own.length === 0) return `Refusals: ${rest}`;
  const rows = own.map((code) => [
    `\`${code}\``,
    String(refusalRow(code).status),
    remedyFor(operationId, code),
  ]);
  return `${table(['refusal', 'status', 'what to do'], rows)}\n\nAlso ${rest}`;
}

export const codesOf = (responses: Route['responses']) =>
  Object.values(responses).flatMap(({ content }) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}),
  ) as RefusalCode[];
