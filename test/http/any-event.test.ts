import { problem } from '../../lib/contract/answers/problem.ts';
import { operations } from '../../lib/contract.ts';
import { endpoint } from '../../lib/http.ts';
import fc from '../support/random/property.ts';
import { stillWorld } from './support.ts';

const texts = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.jsonValue()));
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 12, arbitrary: value as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
const claims = fc.record(
  {
    sub: maybe(fc.constant('ada')),
    role: maybe(fc.constantFrom('host', 'presenter', '[host viewer]')),
    meeting: maybe(fc.constant('hall')),
  },
  { requiredKeys: [] },
);
const params = fc.record({
  externalMeetingId: maybe(fc.constant('hall')),
  externalUserId: maybe(fc.constant('vic')),
});
const body = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record({ mediaRegion: fc.jsonValue(), maxReplicas: fc.jsonValue(), tags: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
);
const shaped = fc.record({
  headers: maybe(fc.oneof(texts, fc.constant({ 'Content-Type': 'application/json' }))),
  pathParameters: maybe(fc.oneof(params, params, texts)),
  queryStringParameters: maybe(fc.oneof(texts, fc.record({ limit: fc.string(), explain: fc.string() }))),
  requestContext: maybe(fc.record({ authorizer: maybe(fc.record({ jwt: maybe(fc.record({ claims })) })) })),
  body: maybe(body),
  isBase64Encoded: maybe(fc.boolean()),
});
const anyEvent = fc.oneof({ weight: 6, arbitrary: shaped }, { weight: 1, arbitrary: fc.anything() });
const routes = Object.values(operations);

describe('any event', () => {
  it('gets an answer of the contract’s shape, and never a 500', async () => {
    const seen = new Set<number>();
    const check = fc.asyncProperty(
      anyEvent,
      fc.constantFrom(...routes),
      fc.jsonValue(),
      async (sent, route, context) => {
        const flow = async () => ({ status: 200, body: {} });
        const reply = await endpoint(route, flow, stillWorld())(sent, context);
        seen.add(reply.statusCode);
        if (reply.statusCode === 200) return;
        expect(reply.statusCode).toBeLessThan(500);
        expect(reply.headers['content-type']).toBe('application/problem+json');
        expect(problem.parse(JSON.parse(reply.body ?? '')).status).toBe(reply.statusCode);
      },
    );
    await fc.assert(check, { numRuns: 2000 });
    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 403, 415]));
  });
});
