import { inspect } from 'node:util';
import { balcony, Refusal } from '../../client/balcony.ts';
import { closeAll, JOINED, scripted } from './support.ts';

afterEach(closeAll);

/** The error that a topology request is rejected with. */
async function refusedWith(url: string, token = 'secret-token'): Promise<Refusal> {
  return balcony({ url, token })
    .topology('hall')
    .then(
      () => Promise.reject(new Error('was not refused')),
      (error: Refusal) => error,
    );
}

describe('a refusal', () => {
  it('carries the code, the status, the field, the detail and the time to retry after', async () => {
    const problem = {
      code: 'BAD_REQUEST',
      detail: 'seats: no',
      field: 'seats',
      requestId: 'r-1',
      title: 'Bad',
    };
    const { url } = await scripted({ status: 400, headers: { 'retry-after': '3' }, body: problem });
    const refusal = await refusedWith(url);
    expect(refusal).toBeInstanceOf(Refusal);
    expect({ ...refusal, message: refusal.message }).toEqual({
      name: 'Refusal',
      message: 'seats: no',
      code: 'BAD_REQUEST',
      status: 400,
      detail: 'seats: no',
      field: 'seats',
      requestId: 'r-1',
      retryAfterMs: 3000,
    });
  });

  it.each([
    [401, { message: 'Unauthorized' }, 'UNAUTHENTICATED'],
    [403, { message: 'Forbidden' }, 'FORBIDDEN'],
    [429, { message: 'Too Many Requests' }, 'TOO_MANY_REQUESTS'],
    [503, undefined, 'UPSTREAM_UNAVAILABLE'],
    [500, undefined, 'INTERNAL'],
  ])('of a gateway (%d), which has no code, gets the code of its status', async (status, body, code) => {
    const { url } = await scripted({ status, body });
    expect(await refusedWith(url)).toMatchObject({ status, code });
  });

  it('never holds the token', async () => {
    const { url } = await scripted({ status: 401, body: { message: 'Unauthorized' } });
    expect(inspect(await refusedWith(url), { depth: 9, showHidden: true })).not.toContain('secret-token');
    const unreachable = await refusedWith('http://127.0.0.1:1');
    expect(unreachable).not.toBeInstanceOf(Refusal);
    expect(inspect(unreachable, { depth: 9, showHidden: true })).not.toContain('secret-token');
  });
});

describe('a name that a path cannot carry', () => {
  it.each(['..', '.', '', 'a/b'])('is refused before any request is sent: %j', async (name) => {
    const { url, heard } = await scripted({ status: 204 });
    const client = balcony({ url, token: 't' });
    const refused = { code: 'BAD_REQUEST', status: 400 };
    await expect(client.end(name)).rejects.toMatchObject({ ...refused, field: 'externalMeetingId' });
    await expect(client.join(name)).rejects.toMatchObject({ ...refused, field: 'externalMeetingId' });
    for (const act of [client.promote, client.remove, client.ban, client.liftBan, client.demote, client.mute])
      await expect(act('hall', name)).rejects.toMatchObject({ ...refused, field: 'externalUserId' });
    expect(heard).toEqual([]);
  });
});

describe('a leave request', () => {
  it('does not wait for a new token, because the page may be gone by then', async () => {
    const { url, heard } = await scripted({ status: 200, body: {} }, { status: 204 });
    let count = 0;
    const client = balcony({ url, token: async () => `t${++count}` });
    await client.topology('hall');
    await client.leave('hall');
    expect(heard.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t1']);
  });

  it('ends only the join of this client, so that a later join of the same person stays', async () => {
    const joined = { ...JOINED, sessionId: 's-1' };
    const { url, heard } = await scripted({ status: 200, body: joined }, { status: 204 });
    const client = balcony({ url, token: 't' });
    await client.join('hall');
    await client.leave('hall');
    await client.leave('other-hall');
    await client.leave('hall', 's-0');
    const bodies = heard.slice(1).map(({ body }) => (body ? JSON.parse(body) : undefined));
    expect(bodies).toEqual([{ sessionId: 's-1' }, undefined, { sessionId: 's-0' }]);
  });

  it('ends any join of the person where the latest join got no response', async () => {
    const joined = { ...JOINED, sessionId: 's-1' };
    const ended = { status: 410, body: { code: 'MEETING_ENDED' } };
    const { url, heard } = await scripted({ status: 200, body: joined }, ended, { status: 204 });
    const client = balcony({ url, token: 't' });
    await client.join('hall');
    await expect(client.join('hall')).rejects.toMatchObject({ code: 'MEETING_ENDED' });
    await client.leave('hall');
    expect(heard.at(-1)?.body).toBe('');
  });

  it('gets a new token where the old one has expired', async () => {
    const { url, heard } = await scripted({ status: 200, body: {} }, { status: 401 }, { status: 204 });
    let count = 0;
    const client = balcony({ url, token: async () => `t${++count}` });
    await client.topology('hall');
    await client.leave('hall');
    expect(heard.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2']);
  });
});
