import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { jsonOf } from '../support/json.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';

interface Joined {
  status: string;
  Meeting: { MeetingId: string; PrimaryMeetingId?: string };
  Attendee: { ExternalUserId: string; JoinToken: string };
}

let stack: SharedStack;
beforeAll(async () => {
  stack = await sharedStack();
});

async function tokenFor(sub: string, role: string): Promise<string> {
  const body = JSON.stringify({ sub, role });
  const granted = await jsonOf<{ access_token: string }>(
    fetch(`${stack.urls.issuer}/token`, { method: 'POST', body }),
  );
  return granted.access_token;
}

async function joinMeeting(name: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${stack.urls.api}/meetings/${encodeURIComponent(name)}/join`, { method: 'POST', headers });
}

/** Put with path and headers exactly as given: `fetch` would resolve dots, and make one of two spellings. */
async function putRaw(path: string, headers: [string, string][]): Promise<number | undefined> {
  const { host, hostname, port } = new URL(stack.urls.api);
  const sent = { hostname, port, path, method: 'PUT', headers: [['host', host], ...headers].flat() };
  const asked = request(sent);
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

describe('a developer runs npm start', () => {
  it('serves a healthy API that describes itself', async () => {
    const health = await fetch(`${stack.urls.api}/health`);
    const openapi = await jsonOf<{ openapi: string }>(fetch(`${stack.urls.api}/openapi.json`));
    expect([health.status, openapi.openapi]).toEqual([200, expect.stringMatching(/^3\.1/)]);
  });

  it('prints the URLs, and a first join to paste', () => {
    for (const url of Object.values(stack.urls)) expect(stack.output()).toContain(url);
    expect(stack.output()).toContain(`curl -s -X POST ${stack.urls.api}/meetings/all-hands/join`);
  });

  it('refuses a request without a token, also one with a forged header about its caller', async () => {
    const claims = { jwt: { claims: { sub: 'eve', role: 'host' } } };
    const headers = { 'sls-offline-authorizer-override': JSON.stringify(claims) };
    const answer = await fetch(`${stack.urls.api}/meetings/all-hands`, { headers });
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('www-authenticate'),
    ]).toEqual([401, 'application/problem+json', 'Bearer']);
    expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });

  it('does not let a token grant more than its claims, however the forged header is spelt', async () => {
    const forged = JSON.stringify({ jwt: { claims: { sub: 'eve', role: 'host' } } });
    const status = await putRaw('/meetings/forged', [
      ['authorization', `Bearer ${await tokenFor('eve', 'viewer')}`],
      ['sls-offline-authorizer-override', forged],
      ['SLS-Offline-Authorizer-Override', forged],
    ]);
    expect(status).toBe(403);
  });

  it.each([
    '/meetings/kept/',
    '/meetings/kept//',
    '/meetings/kept/promotions/..',
    '/meetings/kept/promotions/%2e%2E',
    '/meetings/kept/promotions/%2e./',
    '/meetings/kept%2F',
    '/meetings/kept%2fpromotions%2F..',
    '/meetings/kept/promotions/a%2Fb',
    '/meetings/..',
  ])('and a PUT of %s is 404, and changes no meeting', async (path) => {
    const authorization = `Bearer ${await tokenFor('ada', 'host')}`;
    const meeting = `${stack.urls.api}/meetings/kept`;
    const headers = { authorization, 'content-type': 'application/json' };
    await fetch(meeting, { method: 'PUT', headers, body: JSON.stringify({ maxReplicas: 2 }) });
    expect(await putRaw(path, [['authorization', authorization]])).toBe(404);
    const { options } = await jsonOf<{ options: object }>(fetch(meeting, { headers }));
    expect(options).toMatchObject({ maxReplicas: 2 });
  });

  it('answers an unknown path with a problem document', async () => {
    const answer = await fetch(`${stack.urls.api}/nowhere`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('allows requests of pages of another origin', async () => {
    const answer = await fetch(`${stack.urls.api}/meetings/all-hands/join`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'http://localhost:5173',
    ]);
  });

  it('seats a host in the primary, and a viewer in a replica of it', async () => {
    const host = await jsonOf<Joined>(joinMeeting('town hall', await tokenFor('ada', 'host')));
    const viewer = await jsonOf<Joined>(joinMeeting('town hall', await tokenFor('linus', 'viewer')));
    expect([host.status, host.Attendee.ExternalUserId]).toEqual(['joined', 'ada']);
    expect(viewer.Meeting.PrimaryMeetingId).toBe(host.Meeting.MeetingId);
  });
});
