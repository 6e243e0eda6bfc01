import { endpoint } from '../../lib/http.ts';
import { event, joinMeeting, send, stillWorld } from './support.ts';

const failing = (error: unknown) =>
  send(joinMeeting, event(), {
    flow: async () => {
      throw error;
    },
  });
const named = (name: string, members: object = {}) => Object.assign(new Error('inside'), { name }, members);

describe('a failure of a service that we depend on', () => {
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
  ])('is answered for %s with 503 and a retry time', async (_, error) => {
    const { json, headers } = await failing(error);
    expect(json).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 503 });
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(json)).not.toContain('inside');
  });

  it('is answered before Lambda stops a slow flow', async () => {
    const flow = () => new Promise<never>(() => {});
    const handler = endpoint(joinMeeting, flow, stillWorld());
    const reply = await handler(event(), { awsRequestId: 'slow', getRemainingTimeInMillis: () => 260 });
    expect(reply.statusCode).toBe(503);
  });
});

describe('an internal error', () => {
  it.each([
    ['an error', new TypeError('inside')],
    ['a 400 from AWS', named('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['a circle of causes', circle()],
    ['a word', 'inside'],
    ['nothing', undefined],
  ])('is answered for %s with 500, and no internal detail', async (_, error) => {
    const { statusCode, json } = await failing(error);
    expect(statusCode).toBe(500);
    expect(json).toMatchObject({ code: 'INTERNAL', requestId: 'request-1' });
    expect(JSON.stringify(json)).not.toMatch(/inside|\.ts/);
  });

  it('answers 500 when an answer cannot be written as JSON', async () => {
    const flow = async () => ({ status: 200, body: { a: 1n } });
    expect((await send(joinMeeting, event(), { flow })).json.code).toBe('INTERNAL');
  });

  it('answers 500 when the settings cannot be read, and when the log cannot be written', async () => {
    const broken = () => {
      throw new TypeError('inside');
    };
    const flow = async () => ({ status: 200, body: {} });
    for (const deps of [
      { ...stillWorld(), settings: broken },
      { ...stillWorld(), write: broken },
    ]) {
      expect((await send(joinMeeting, event(), { flow, deps })).json.code).toBe('INTERNAL');
    }
  });
});

function circle(): Error {
  const error = new Error('inside');
  error.cause = error;
  return error;
}
