import type * as z from 'zod/mini';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { problem } from './contract/answers/problem.ts';
import { type Operation, refusalsOf } from './contract/operation.ts';
import { operations } from './contract.ts';
import { problemType } from './http/reply.ts';
import { type RefusalCode, refusalRow } from './refusals.ts';

const VERSION = '0.1.0';

const ANSWERS: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted: not done yet, retry',
  204: 'Done, without a body',
};

type OpenapiDocument = ReturnType<typeof createDocument>;

/** The contract as an OpenAPI 3.1 document, without planned operations that are not served yet. */
export function openapiDocument(): OpenapiDocument {
  const served = Object.values<Operation>(operations).filter((operation) => !operation.planned);
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Balcony',
      version: VERSION,
      description: 'Seats a worldwide audience around one live Amazon Chime SDK meeting.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths: pathsOf(served),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            '`sub` is the ExternalUserId, `role` the role, and `meeting` the only meeting that the token is valid for.',
        },
      },
    },
  });
}

function pathsOf(served: Operation[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of served) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: described(operation) };
  }
  return paths;
}

function described(operation: Operation): ZodOpenApiOperationObject {
  const { operationId, summary, params, query, body, open } = operation;
  return {
    operationId,
    summary,
    description: whoMay(operation),
    ...(open ? { security: [] } : {}),
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(body ? { requestBody: requestBodyOf(body) } : {}),
    responses: { ...answersOf(operation), ...problemsOf(operation) },
  } as ZodOpenApiOperationObject;
}

/** The request body; optional if an empty object is valid. */
function requestBodyOf(schema: z.ZodMiniType) {
  return { required: !schema.safeParse({}).success, content: { 'application/json': { schema } } };
}

function whoMay({ roles, open }: Operation): string {
  if (open) return 'For anyone, without a token.';
  if (roles === 'any') return 'For anyone with a token for the meeting.';
  return `For ${roles.join(' and ')}.`;
}

function answersOf({ answers, csv }: Operation) {
  const entries = Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: ANSWERS[status],
      ...(status === '202' ? { headers: RETRY_AFTER } : {}),
      ...(csv ? { headers: NEXT_PAGE } : {}),
      ...(schema ? { content: { 'application/json': { schema }, ...(csv && CSV) } } : {}),
    },
  ]);
  return Object.fromEntries(entries);
}

const CSV = { 'text/csv': { schema: { type: 'string' as const } } };
const NEXT_PAGE = {
  link: { description: 'Of a response as CSV: the next page, if any.', schema: { type: 'string' as const } },
};

const RETRY_AFTER = {
  'retry-after': { description: 'Whole seconds.', schema: { type: 'integer' as const, minimum: 1 } },
};

/** Problem responses by status. Several codes can share a status: one response, with an example of each. */
function problemsOf(operation: Operation) {
  const all = refusalsOf(operation);
  const statuses = [...new Set(all.map((code) => refusalRow(code).status))];
  const entries = statuses.map((status) => {
    const codes = all.filter((code) => refusalRow(code).status === status);
    return [String(status), problemResponse(codes)];
  });
  return Object.fromEntries(entries);
}

function problemResponse(codes: RefusalCode[]) {
  return {
    description: codes.map((code) => refusalRow(code).title).join(', or '),
    ...(codes.some((code) => refusalRow(code).retryAfterMs) ? { headers: RETRY_AFTER } : {}),
    content: { 'application/problem+json': { schema: problem, examples: examplesOf(codes) } },
  };
}

function examplesOf(codes: RefusalCode[]) {
  const entries = codes.map((code) => {
    const { title, status, detail } = refusalRow(code);
    const requestId = '8f7c9f0e-2f0b-4a55-9d1c-0c5d3f1e2a7b';
    return [code, { value: { type: problemType(code), title, status, detail, code, requestId } }];
  });
  return Object.fromEntries(entries);
}
