import { problem } from '../../lib/contract/problem.ts';
import { endpoint } from '../../lib/http.ts';
import { Refusal, type RefusalCode, refusals } from '../../lib/refusals.ts';
import { event, joinMeeting, send, stillWorld } from './support.ts';

const codes = Object.keys(refusals) as RefusalCode[];
const answering = (answer: { status: number; body?: unknown; retryAfterMs?: number }) =>
  send(joinMeeting, event(), { flow: async () => answer });
const failing = (error: unknown) =>
  send(joinMeeting, event(), {
    flow: async () => {
      throw error;
    },
  });
const named = (name: string, members: object = {}) => Object.assign(new Error('inside'), { name }, members);

describe('answering', () => {
  it('sends JSON that nobody may keep', async () => {
    const { statusCode, headers, json } = await answering({ status: 201, body: { a: 1 } });
    expect(statusCode).toBe(201);
    expect(headers).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(json).toEqual({ a: 1 });
  });

  it('sends no body and no content type where there is nothing to say', async () => {
    const answer = await answering({ status: 204 });
    expect(answer.body).toBeUndefined();
    expect(answer.headers).toEqual({ 'cache-control': 'no-store' });
  });

  it.each([
    [0, '1'],
    [1, '1'],
    [700, '1'],
    [1000, '1'],
    [1001, '2'],
  ])('says to come back after %i ms as %s whole seconds', async (retryAfterMs, seconds) => {
    const { headers } = await answering({ status: 202, body: {}, retryAfterMs });
    expect(headers['retry-after']).toBe(seconds);
  });
});

describe.each(codes)('refusing with %s', (code) => {
  const { status, title, detail } = refusals[code];

  it('sends its problem document', async () => {
    const { statusCode, headers, json } = await failing(new Refusal(code));
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    expect(json).toEqual({ type: expect.any(String), title, status, detail, code, requestId: 'request-1' });
    expect(problem.safeParse(json).success).toBe(true);
  });

  it(`${status === 429 || status === 503 ? 'says' : 'does not say'} when to come back`, async () => {
    const { headers } = await failing(new Refusal(code));
    expect('retry-after' in headers).toBe(status === 429 || status === 503);
  });

  it(`${status < 500 ? 'adds the words and the field' : 'adds no words'} of the flow`, async () => {
    const { json } = await failing(new Refusal(code, { detail: 'Our words.' }));
    expect(json.detail).toBe(status < 500 ? 'Our words.' : detail);
  });
});

describe('the codes', () => {
  it('have one type each, which is a path', async () => {
    const types = await Promise.all(codes.map(async (code) => (await failing(new Refusal(code))).json.type));
    expect(new Set(types).size).toBe(codes.length);
    expect(types).toContain('/problems/meeting-full');
  });

  it('carry a field, and their own time to come back', async () => {
    const full = new Refusal('MEETING_FULL', { field: 'mediaRegion', retryAfterMs: 4200 });
    const { json, headers } = await failing(full);
    expect(json.field).toBe('mediaRegion');
    expect(headers['retry-after']).toBe('5');
  });
});

describe('when something that we stand on is down', () => {
  it.each([
    ['throttling', named('ThrottlingException')],
    ['a busy table', named('ProvisionedThroughputExceededException')],
    ['a busy account', named('RequestLimitExceeded')],
    ['an outage', named('ServiceUnavailableException')],
    ['a failure', named('ServiceFailureException')],
    ['an error of DynamoDB', named('InternalServerError')],
    ['a timeout', named('TimeoutError')],
    ['a closed port', named('Error', { code: 'ECONNREFUSED' })],
    ['a cut connection', named('Error', { code: 'ECONNRESET' })],
    ['an unnamed 502', named('Unknown', { $metadata: { httpStatusCode: 502 } })],
    ['an unnamed 429', named('Unknown', { $metadata: { httpStatusCode: 429 } })],
    ['an outage as a cause', new Error('could not open', { cause: named('ThrottlingException') })],
  ])('answers %s with 503 and when to come back', async (_, error) => {
    const { json, headers } = await failing(error);
    expect(json).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 503 });
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(json)).not.toContain('inside');
  });

  it('answers before Lambda cuts a slow flow off', async () => {
    const flow = () => new Promise<never>(() => {});
    const handler = endpoint(joinMeeting, flow, stillWorld());
    const reply = await handler(event(), { awsRequestId: 'slow', getRemainingTimeInMillis: () => 260 });
    expect(reply.statusCode).toBe(503);
  });
});

describe('when we are wrong', () => {
  it.each([
    ['an error', new TypeError('inside')],
    ['a 400 from AWS', named('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['a circle of causes', circle()],
    ['a word', 'inside'],
    ['nothing', undefined],
  ])('answers %s with 500, and nothing from inside', async (_, error) => {
    const { statusCode, json } = await failing(error);
    expect(statusCode).toBe(500);
    expect(json).toMatchObject({ code: 'INTERNAL', requestId: 'request-1' });
    expect(JSON.stringify(json)).not.toMatch(/inside|\.ts/);
  });

  it('answers 500 when an answer cannot be written as JSON', async () => {
    expect((await answering({ status: 200, body: { a: 1n } })).json.code).toBe('INTERNAL');
  });

  it('answers 500 when the settings cannot be read, and when the log cannot be written', async () => {
    const broken = () => {
      throw new TypeError('inside');
    };
    const flow = async () => ({ status: 200, body: {} });
    for (const outside of [
      { ...stillWorld(), settings: broken },
      { ...stillWorld(), write: broken },
    ]) {
      expect((await send(joinMeeting, event(), { flow, outside })).json.code).toBe('INTERNAL');
    }
  });
});

function circle(): Error {
  const error = new Error('inside');
  error.cause = error;
  return error;
}
