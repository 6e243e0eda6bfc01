import { operations } from '../../lib/contract.ts';
import {
  createMeeting,
  event,
  getAttendee,
  joinMeeting,
  listAttendees,
  muteAll,
  refused,
  send,
} from './support.ts';

const put = (body: unknown) => event({ body: JSON.stringify(body) });

describe('a request with a body', () => {
  it('passes it on as the contract parsed it, with its defaults', async () => {
    const { json } = await send(createMeeting, put({ maxReplicas: 7 }));
    expect(json.request).toEqual({
      externalMeetingId: 'hall',
      body: { maxReplicas: 7, waitForPresenter: true },
    });
  });

  it.each([[undefined], [null], ['']])(
    'takes %j for an empty one, whatever the content type',
    async (body) => {
      const { json } = await send(joinMeeting, { ...event(), body, headers: null });
      expect(json.request).toEqual({ externalMeetingId: 'hall', body: {} });
    },
  );

  it('reads a base64 body', async () => {
    const body = Buffer.from('{"mediaRegion":"eu-west-1"}').toString('base64');
    const { json } = await send(joinMeeting, event({ body, isBase64Encoded: true }));
    expect(json.request.body).toEqual({ mediaRegion: 'eu-west-1' });
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json'])(
    'takes %s for JSON',
    async (type) => {
      const sent = { ...event({ body: '{}' }), headers: { 'Content-Type': type } };
      expect((await send(joinMeeting, sent)).statusCode).toBe(200);
    },
  );

  it.each([[{ 'content-type': 'text/plain' }], [{}]])('refuses a body under %j with 415', async (headers) => {
    const problem = await refused(joinMeeting, { ...event({ body: '{}' }), headers });
    expect(problem).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415 });
  });

  it('is refused with invalid headers as without them', async () => {
    const problem = await refused(joinMeeting, { ...event({ body: '{}' }), headers: { 'content-type': 5 } });
    expect(problem.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['{', 'hello', '{"a":1}}', '\u0000'])(
    'is refused with 400 for %j, which is not JSON',
    async (body) => {
      const problem = await refused(joinMeeting, event({ body }));
      expect(problem).toMatchObject({ code: 'BAD_REQUEST', detail: 'The body is not valid JSON.' });
    },
  );

  it.each(['null', '[]', '5', '"text"'])('is refused for %s, which is no object', async (body) => {
    expect(await refused(joinMeeting, event({ body }))).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('may have 16 KB, and is refused with 413 for a byte more', async () => {
    const limit = 16 * 1024;
    const sized = (bytes: number) => event({ body: `{}${' '.repeat(bytes - 2)}` });
    expect((await send(joinMeeting, sized(limit))).statusCode).toBe(200);
    expect(await refused(joinMeeting, sized(limit + 1))).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      status: 413,
    });
  });

  it.each(['', '{}', ' {} '])('may be %j on a route that takes none', async (body) => {
    expect((await send(muteAll, event({ body }))).json.request).toEqual({ externalMeetingId: 'hall' });
  });

  it('is not read on an open route', async () => {
    const sent = event({ body: 'bye', headers: { 'content-type': 'text/plain' } });
    expect((await send(operations.getHealth, sent)).statusCode).toBe(200);
  });
});

describe('the parameters of path and query', () => {
  it('are decoded once, and refused when they were encoded twice', async () => {
    const params = { externalMeetingId: 'Straße 7 «a»' };
    expect((await send(joinMeeting, event({ params }))).json.request.externalMeetingId).toBe('Straße 7 «a»');
    expect(await refused(joinMeeting, event({ params: { externalMeetingId: 'a%20b' } }))).toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('are passed on together, with defaults', async () => {
    const { json } = await send(listAttendees, event({ query: { cursor: 'abc' } }));
    expect(json.request).toEqual({ externalMeetingId: 'hall', limit: 50, cursor: 'abc' });
  });

  it('include switches', async () => {
    const params = { externalMeetingId: 'hall', externalUserId: 'vic' };
    expect((await send(getAttendee, event({ params }))).json.request.explain).toBe(false);
    const sent = event({ params, query: { explain: 'true' } });
    expect((await send(getAttendee, sent)).json.request.explain).toBe(true);
  });
});
