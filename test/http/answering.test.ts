import { problem } from '../../lib/contract/answers/problem.ts';
import { endpoint } from '../../lib/http.ts';
import { Refusal, type RefusalCode, refusals } from '../../lib/refusals.ts';
import { context, event, joinMeeting, send, stillWorld } from './support.ts';

const codes = Object.keys(refusals) as RefusalCode[];
const answering = (answer: { status: number; body?: unknown; retryAfterMs?: number }) =>
  send(joinMeeting, event(), { flow: async () => answer });
const failing = (error: unknown) =>
  send(joinMeeting, event(), {
    flow: async () => {
      throw error;
    },
  });

describe('a response', () => {
  it('is JSON that may not be cached', async () => {
    const { statusCode, headers, json } = await answering({ status: 201, body: { a: 1 } });
    expect(statusCode).toBe(201);
    expect(headers).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(json).toEqual({ a: 1 });
  });

  it('is CSV if the flow answered that, and links to the next page', async () => {
    const answer = { status: 200, csv: 'a,b\r\n', nextPage: { limit: '2', cursor: 'x&y' } };
    const { headers, body } = await endpoint(joinMeeting, async () => answer, stillWorld())(event(), context);
    expect(body).toBe('a,b\r\n');
    expect(headers).toEqual({
      'content-type': 'text/csv; charset=utf-8',
      vary: 'accept',
      'cache-control': 'no-store',
      link: '<?limit=2&cursor=x%26y>; rel="next"',
    });
  });

  it('links to nothing on the last page of CSV', async () => {
    const flow = async () => ({ status: 200, csv: '' });
    const { headers, body } = await endpoint(joinMeeting, flow, stillWorld())(event(), context);
    expect([body, headers.link]).toEqual(['', undefined]);
  });

  it('tells the flow what the request accepts', async () => {
    const flow = async (_: unknown, { accept }: { accept?: string | undefined }) => ({
      status: 200,
      body: { accept },
    });
    const { json } = await send(joinMeeting, event({ headers: { Accept: 'text/csv' } }), { flow });
    expect(json).toEqual({ accept: 'text/csv' });
  });

  it('has no body and no content type for an answer without content', async () => {
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
  ])('names %i ms as %s whole seconds in Retry-After', async (retryAfterMs, seconds) => {
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

  it(`${status === 429 || status === 503 ? 'has' : 'has no'} Retry-After`, async () => {
    const { headers } = await failing(new Refusal(code));
    expect('retry-after' in headers).toBe(status === 429 || status === 503);
  });

  it(`${status < 500 ? 'has the detail and the field' : 'has no detail'} of the flow`, async () => {
    const { json } = await failing(new Refusal(code, { detail: 'Our words.' }));
    expect(json.detail).toBe(status < 500 ? 'Our words.' : detail);
  });
});

describe('the refusal codes', () => {
  it('have one type each, which is a path', async () => {
    const types = await Promise.all(codes.map(async (code) => (await failing(new Refusal(code))).json.type));
    expect(new Set(types).size).toBe(codes.length);
    expect(types).toContain('/problems/meeting-full');
  });

  it('carry a field, and their own retry time', async () => {
    const full = new Refusal('MEETING_FULL', { field: 'mediaRegion', retryAfterMs: 4200 });
    const { json, headers } = await failing(full);
    expect(json).toMatchObject({ field: 'mediaRegion', detail: 'mediaRegion: Every seat is taken.' });
    expect(headers['retry-after']).toBe('5');
  });
});
