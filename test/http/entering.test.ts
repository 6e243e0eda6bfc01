import { operations } from '../../lib/contract.ts';
import { createMeeting, event, getAttendee, joinMeeting, refused, send, stillWorld } from './support.ts';

const viewer = { sub: 'vic' };

describe('the authorization of a route', () => {
  it('refuses a request without a token', async () => {
    const { json, headers } = await send(joinMeeting, event({ claims: null }));
    expect(json).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it('refuses a token whose sub is no valid user id, and names the field', async () => {
    const { code, detail } = await refused(joinMeeting, event({ claims: { sub: 'aws:root' } }));
    expect(code).toBe('UNAUTHENTICATED');
    expect(detail).toContain('ExternalUserId');
  });

  it('refuses a token for another meeting, in every role', async () => {
    for (const role of ['host', 'presenter', 'viewer']) {
      const claims = { sub: 'ada', role, meeting: 'other' };
      expect(await refused(joinMeeting, event({ claims }))).toMatchObject({ code: 'FORBIDDEN', status: 403 });
    }
  });

  it('accepts a token for this meeting', async () => {
    const { json } = await send(joinMeeting, event({ claims: { ...viewer, meeting: 'hall' } }));
    expect(json.caller).toEqual({ externalUserId: 'vic', role: 'viewer', meeting: 'hall' });
  });

  it('refuses a token for one meeting on the route about all meetings, and accepts a host’s that names none', async () => {
    const { listMeetings } = operations;
    const claims = { sub: 'ada', role: 'host' };
    const asked = { params: {} };
    expect(
      await refused(listMeetings, event({ ...asked, claims: { ...claims, meeting: 'hall' } })),
    ).toMatchObject({ code: 'FORBIDDEN', status: 403 });
    expect((await send(listMeetings, event({ ...asked, claims }))).statusCode).toBe(200);
    for (const role of ['presenter', 'viewer'])
      expect(await refused(listMeetings, event({ ...asked, claims: { sub: 'ada', role } }))).toMatchObject({
        code: 'FORBIDDEN',
      });
  });

  it('refuses viewers on the routes of hosts', async () => {
    expect(await refused(createMeeting, event({ claims: viewer }))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused(getAttendee, event({ claims: viewer }))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is checked before the body is', async () => {
    const nonsense = { body: '{', headers: { 'content-type': 'text/plain' } };
    expect((await refused(createMeeting, event({ claims: null, ...nonsense }))).code).toBe('UNAUTHENTICATED');
    expect((await refused(createMeeting, event({ claims: viewer, ...nonsense }))).code).toBe('FORBIDDEN');
  });

  it('requires no token on the open routes', async () => {
    expect((await send(operations.getHealth, null)).statusCode).toBe(200);
  });

  it('reads the person from the claim that the settings name, and hashes it where they say so', async () => {
    const env = { PERSON_CLAIM: 'custom:saml', PERSON_IDS: 'shortened' };
    const claims = { sub: 'x', role: 'host', 'custom:saml': `https://idp.example/${'x'.repeat(60)}` };
    const { json } = await send(createMeeting, event({ claims }), { deps: stillWorld(env) });
    expect(json.caller.externalUserId).toMatch(/^id:[\w-]{43}$/);
    const { detail } = await refused(createMeeting, event({ claims: { ...claims, sub: 'a/b' } }));
    expect(detail).toContain('personIds');
  });

  it('reads role and meeting from the claims that the settings name', async () => {
    const deps = stillWorld({ ROLE_CLAIM: 'custom:role', MEETING_CLAIM: 'custom:room' });
    const claims = { sub: 'ada', 'custom:role': 'host', 'custom:room': 'hall', meeting: 'other' };
    const { json } = await send(createMeeting, event({ claims }), { deps });
    expect(json.caller).toEqual({ externalUserId: 'ada', role: 'host', meeting: 'hall' });
  });
});

describe('the location of a viewer', () => {
  const headers = {
    'CloudFront-Viewer-Latitude': '50.11',
    'CloudFront-Viewer-Longitude': '8.68',
    'CloudFront-Viewer-Country': 'DE',
  };
  const where = async (env: Record<string, string>, sent: Record<string, string>) => {
    const flow = async (_: unknown, { location }: { location: unknown }) => ({ status: 200, body: location });
    return (await send(joinMeeting, event({ headers: sent }), { flow, deps: stillWorld(env) })).json;
  };

  it('is not read from headers that any client could have sent', async () => {
    expect(await where({}, headers)).toEqual({});
  });

  it('is read from them where the setting for CloudFront is on', async () => {
    const location = await where({ TRUST_VIEWER_HEADERS: 'true' }, headers);
    expect(location).toEqual({ latitude: 50.11, longitude: 8.68, country: 'DE' });
  });

  it('is unknown where they are invalid', async () => {
    const sent = { ...headers, 'CloudFront-Viewer-Latitude': '950', 'CloudFront-Viewer-Country': '??' };
    expect(await where({ TRUST_VIEWER_HEADERS: 'true' }, sent)).toEqual({});
  });
});
