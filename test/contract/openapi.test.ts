import { handler } from '../../handlers/openapi.ts';
import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { openapiDocument } from '../../lib/openapi.ts';

type Json = Record<string, unknown>;
const document = JSON.parse(JSON.stringify(openapiDocument()));
const served = Object.values<Operation>(operations).filter(({ planned }) => !planned);
const described = ({ path, method }: Operation) => document.paths[path]?.[method.toLowerCase()];

/** Every object of the document, from the top down. */
function* objects(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Json;
  for (const held of Object.values(value)) yield* objects(held);
}

function resolve(reference: string): unknown {
  const names = reference.replace(/^#\//, '').split('/');
  return names.reduce<unknown>((held, name) => (held as Json | undefined)?.[name], document);
}

describe('the OpenAPI document', () => {
  it('has version 3.1, and requires a bearer token', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(document.security).toEqual([{ bearer: [] }]);
  });

  it('describes the served operations, and no planned one', () => {
    const ids = Object.values<Json>(document.paths).flatMap((item) => Object.values(item) as Json[]);
    expect(ids.map(({ operationId }) => operationId).sort()).toEqual(
      served.map(({ operationId }) => operationId).sort(),
    );
  });

  it('resolves every reference', () => {
    const references = [...objects(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((reference) => resolve(reference) === undefined)).toEqual([]);
  });

  it('has only patterns that a strict reader compiles', () => {
    const patterns = [...objects(document)].flatMap(({ pattern }) =>
      typeof pattern === 'string' ? [pattern] : [],
    );
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
  });

  it.each(served.map((operation) => [operation.operationId, operation] as const))(
    'describes the parameters and responses of %s',
    (_, operation) => {
      const { parameters = [], responses, requestBody, security } = described(operation);
      const inPath = parameters.filter((parameter: Json) => parameter.in === 'path');
      expect(inPath).toHaveLength(operation.path.split('{').length - 1);
      expect(inPath.every((parameter: Json) => parameter.required)).toBe(true);
      expect(Boolean(requestBody)).toBe(Boolean(operation.body));
      expect(security).toEqual(operation.open ? [] : undefined);
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining([...Object.keys(operation.answers), '500']),
      );
      for (const response of Object.values<Json>(responses)) expect(response.description).toBeTruthy();
    },
  );

  it('gives an example of every refusal, under the status it shares with others', () => {
    const { responses } = described(operations.joinMeeting);
    const { content } = responses['409'];
    expect(Object.keys(content['application/problem+json'].examples)).toEqual(['MEETING_FULL', 'STAGE_FULL']);
    expect(responses['503'].headers).toHaveProperty('retry-after');
  });

  it('marks a body as optional only where it may be omitted', () => {
    expect(described(operations.joinMeeting).requestBody.required).toBe(false);
  });

  it('is served, and identical each time', async () => {
    process.env.LOG_LEVEL = 'silent';
    const [first, second] = [await handler({}, {}), await handler(null, null)];
    expect(first.statusCode).toBe(200);
    expect(JSON.parse(first.body ?? '')).toEqual(document);
    expect(second.body).toBe(first.body);
  });
});
