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

*\`npm run docs:api\` writes this page from the contract. The service returns the contract as OpenAPI 3.1: \`GET /openapi.json\`.*

- **Format.** Requests and responses are JSON. In the examples, credentials are cut short.
- **Authorization.** Every route but the last two needs \`Authorization: Bearer <token>\`. The claim \`sub\` is the person. \`role\` is
  \`host\`, \`presenter\` or \`viewer\` (the default). \`meeting\` limits the token to one meeting ([tokens](tokens.md)).
- **Names** in a path are percent-encoded once. [Names](#names) lists the allowed characters.
- **Unknown members** of a query or a body are refused.
- **Bans.** Every route refuses a banned person with \`BANNED\`, in any role. Only leaving, stepping down and removing oneself stay allowed.
- **Idempotence.** Every request may be repeated, and has the same result.
- **Refusals** are problem documents ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with a stable \`code\`. Their texts may change.`;
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
  return `## Refusals of any route

${table(['refusal', 'status', 'what to do'], rows)}

\`\`\`json
{ "type": "/problems/bad-request", "title": "Bad request", "status": 400, "code": "BAD_REQUEST", "field": "maxReplicas",
  "detail": "maxReplicas: Too big: expected number to be <=100", "requestId": "8f7c9f0e-2f0b-4a55-9d1c-1c1c1c1c1c1c" }
\`\`\`

With 429 and 503, \`Retry-After\` is the time to wait, in whole seconds. In a deployment, API Gateway refuses some requests itself, with a
short body such as \`{"message":"Unauthorized"}\`. For these, rely on the status.`;
}

function kinds({ MediaRegion, ExternalUserId }: Schemas): string {
  return `## Names

An \`externalMeetingId\` or \`externalUserId\` is 2 to 64 letters (A to Z, a to z, À to ÿ), digits, spaces or
\`-_&@+=,(){}[]«».:|'"#\`. It is not \`..\`, and does not begin with \`aws:\`. This is Chime's pattern, without \`/\` and \`..\`, which a path
cannot carry: URL parsers resolve \`..\`, and API Gateway decodes \`%2F\`.

A path of a meeting with a trailing slash or an empty segment answers 404. AWS does not say whether API Gateway itself refuses \`/meetings/x/\` or takes
it for \`/meetings/x\`. This was not tried on AWS; in both cases the response is 404, because the functions check the path too.

\`\`\`
${ExternalUserId?.pattern}
\`\`\`

## Media regions

A media region hosts the media of a Chime meeting: ${MediaRegion?.enum?.map((name) => `\`${name}\``).join(', ')}. Which of
them an account can use depends on its control region.`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, apiReference());
