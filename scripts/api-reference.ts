import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { openapiDocument } from '../lib/openapi.ts';
import { type RefusalCode, refusalRow } from '../lib/refusals.ts';
import type { Schemas } from './api-reference/fields.ts';
import { table } from './api-reference/markdown.ts';
import { remedies } from './api-reference/remedies.ts';
import { anchorOf, audienceOf, codesOf, type Route, sectionOf, titleOf } from './api-reference/sections.ts';

const FILE = 'docs/api.md';

/** The refusals that any route may return. */
const COMMON: ReadonlySet<RefusalCode> = new Set([
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'UPSTREAM_UNAVAILABLE',
]);

/** The API reference in Markdown, from the OpenAPI document. */
export function apiReference(): string {
  const document = openapiDocument();
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  const routes = routesOf(document.paths ?? {});
  const sections = routes.map((route) => sectionOf(route, schemas, COMMON));
  const parts = [introduction(), contents(routes), ...sections, refused(routes), kinds(schemas)];
  return `${parts.join('\n\n')}\n`;
}

function routesOf(paths: object): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as object).map(([method, described]) => ({ ...described, method, path })),
  );
}

function introduction(): string {
  return `# The API

*Written by \`npm run docs:api\` from the contract, which is also served: \`GET /openapi.json\` (OpenAPI 3.1).*

JSON in and out. \`Authorization: Bearer <token>\` on every route but the last two: its \`sub\` is the person, \`role\` is \`host\`,
\`presenter\` or \`viewer\` (absent: viewer), \`meeting\` the only meeting that it is good for (absent: any). Names in a path are
percent-encoded once; what [they](#names) may be stands at the end. A query or a body
with a member that is not known is refused. A
banned person is refused with \`BANNED\` on every route, whatever their role, but may leave and step down. Every request may be repeated, and answers the same. Refusals are problem documents
([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with a stable \`code\`; words may change. In the examples credentials are cut short.`;
}

function contents(routes: Route[]): string {
  const rows = routes.map((route) => {
    const who = audienceOf(route)
      .replace(/^For (.*)\.$/, '$1')
      .replace(' with a token for the meeting', '');
    return [`[\`${titleOf(route)}\`](#${anchorOf(titleOf(route))})`, who, route.summary];
  });
  return table(['route', 'who', 'does'], rows);
}

function refused(routes: Route[]): string {
  const answered = new Set(routes.flatMap(({ responses }) => codesOf(responses)));
  const rows = [...answered]
    .filter((code) => COMMON.has(code))
    .map((code) => [`\`${code}\``, String(refusalRow(code).status), remedies[code]]);
  return `## What any route may refuse

${table(['refusal', 'status', 'what to do'], rows)}

\`\`\`json
{ "type": "/problems/bad-request", "title": "Bad request", "status": 400, "code": "BAD_REQUEST", "field": "maxReplicas",
  "detail": "maxReplicas: Too big: expected number to be <=100", "requestId": "8f7c9f0e-2f0b-4a55-9d1c-1c1c1c1c1c1c" }
\`\`\`

429 and 503 say in \`Retry-After\`, in whole seconds, when to ask again. Deployed, API Gateway refuses some requests before they
come here, with a short body of its own, such as \`{"message":"Unauthorized"}\`: go by the status there.`;
}

function kinds({ MediaRegion, ExternalUserId }: Schemas): string {
  return `## Names

An \`externalMeetingId\` or \`externalUserId\` is 2 to 64 letters (A to Z, a to z, À to ÿ), digits, spaces or
\`-_&@+=,(){}[]«».:|'"#\`. It is not \`..\`, and has no \`aws:\` at the beginning. It is Chime's pattern without what a path cannot
carry: URL parsers resolve \`..\`, and API Gateway decodes \`%2F\`.

\`\`\`
${ExternalUserId?.pattern}
\`\`\`

## Media regions

Where the media of a meeting may be hosted: ${MediaRegion?.enum?.map((name) => `\`${name}\``).join(', ')}. Which of
them an account can use depends on its control region.`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, apiReference());
