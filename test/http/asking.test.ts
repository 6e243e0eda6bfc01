import {
  createMeeting,
  event,
  getAttendee,
  joinMeeting,
  leaveMeeting,
  listAttendees,
  refused,
  send,
} from './support.ts';

const put = (body: unknown) => event({ body: JSON.stringify(body) });

describe('asking with a body', () => {
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

  it.each(['{', 'hello', '{"a":1}}', '\u0000'])('refuses %j, which is no JSON, with 400', async (body) => {
    const problem = await refused(joinMeeting, event({ body }));
    expect(problem).toMatchObject({ code: 'BAD_REQUEST', detail: 'The body is not valid JSON.' });
  });

  it.each(['null', '[]', '5', '"text"'])('refuses %s, which is no object', async (body) => {
    expect(await refused(joinMeeting, event({ body }))).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('takes 16 KB and refuses a byte more with 413', async () => {
    const limit = 16 * 1024;
    const sized = (bytes: number) => event({ body: `{}${' '.repeat(bytes - 2)}` });
    expect((await send(joinMeeting, sized(limit))).statusCode).toBe(200);
    expect(await refused(joinMeeting, sized(limit + 1))).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      status: 413,
    });
  });

  it('does not read what is sent to a route without one', async () => {
    const sent = event({ body: 'bye', headers: { 'content-type': 'text/plain' } });
    expect((await send(leaveMeeting, sent)).json.request).toEqual({ externalMeetingId: 'hall' });
  });
});

describe('asking for something wrong', () => {
  it('names the field', async () => {
    expect(await refused(createMeeting, put({ maxReplicas: 101 }))).toMatchObject({ field: 'maxReplicas' });
    const features = { meetingFeatures: { Video: { MaxResolution: '8K' } } };
    expect(await refused(createMeeting, put(features))).toMatchObject({
      field: 'meetingFeatures.Video.MaxResolution',
    });
    expect(await refused(createMeeting, put({ tags: [{ Key: 'a' }] }))).toMatchObject({
      field: 'tags.0.Value',
    });
  });

  it('names every member that is not known', async () => {
    const problem = await refused(createMeeting, put({ maxReplica: 3, colour: 'red' }));
    expect(problem.field).toBe('maxReplica');
    expect(problem.detail).toContain('maxReplica, colour');
  });

  it('names the path parameter, also when the whole map is missing', async () => {
    expect(await refused(joinMeeting, event({ params: { externalMeetingId: 'x' } }))).toMatchObject({
      code: 'BAD_REQUEST',
      field: 'externalMeetingId',
    });
    expect(await refused(joinMeeting, { ...event(), pathParameters: null })).toMatchObject({
      field: 'externalMeetingId',
    });
  });

  it('names the query parameter', async () => {
    expect(await refused(listAttendees, event({ query: { limit: '101' } }))).toMatchObject({
      field: 'limit',
    });
    const person = { externalMeetingId: 'hall', externalUserId: 'vic' };
    const sent = event({ params: person, query: { explain: 'yes' } });
    expect(await refused(getAttendee, sent)).toMatchObject({ field: 'explain' });
  });

  it('does not send back more than a few words of what was sent', async () => {
    const { detail, field } = await refused(createMeeting, put({ ['x'.repeat(9000)]: 1 }));
    expect(detail.length).toBeLessThanOrEqual(500);
    expect(field?.length).toBeLessThanOrEqual(200);
  });
});

describe('asking in path and query', () => {
  it('takes a name as it was decoded on the way, and refuses one that was encoded twice', async () => {
    const params = { externalMeetingId: 'Straße 7/«a»' };
    expect((await send(joinMeeting, event({ params }))).json.request.externalMeetingId).toBe('Straße 7/«a»');
    expect(await refused(joinMeeting, event({ params: { externalMeetingId: 'a%20b' } }))).toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('puts both side by side, with defaults', async () => {
    const { json } = await send(listAttendees, event({ query: { cursor: 'abc' } }));
    expect(json.request).toEqual({ externalMeetingId: 'hall', limit: 50, cursor: 'abc' });
  });

  it('reads switches', async () => {
    const params = { externalMeetingId: 'hall', externalUserId: 'vic' };
    expect((await send(getAttendee, event({ params }))).json.request.explain).toBe(false);
    const sent = event({ params, query: { explain: 'true' } });
    expect((await send(getAttendee, sent)).json.request.explain).toBe(true);
  });
});
