import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { type Issuer, startIssuer } from '../../local/identity/issuer.ts';
import { jsonOf } from '../support/json.ts';

interface Granted {
  access_token: string;
  token_type: string;
  expires_in: number;
}

interface Discovery {
  issuer: string;
  jwks_uri: string;
}

let issuer: Issuer;

beforeAll(async () => {
  issuer = await startIssuer(0);
});

afterAll(() => issuer.close());

function ask(body: unknown): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${issuer.url}/token`, { method: 'POST', body: text });
}

describe('the local issuer', () => {
  it('signs the requested claims with the key that its discovery document leads to', async () => {
    const granted = await jsonOf<Granted>(ask({ sub: 'ada', role: 'host', meeting: 'all-hands' }));
    const discovery = await jsonOf<Discovery>(fetch(`${issuer.url}/.well-known/openid-configuration`));
    const { payload } = await jwtVerify(
      granted.access_token,
      createRemoteJWKSet(new URL(discovery.jwks_uri)),
      { issuer: discovery.issuer, audience: 'balcony' },
    );
    expect(payload).toMatchObject({ sub: 'ada', role: 'host', meeting: 'all-hands' });
    expect(granted).toMatchObject({ token_type: 'Bearer', expires_in: 28_800 });
  });

  it('lets a token live for the requested seconds', async () => {
    const granted = await jsonOf<Granted>(ask({ sub: 'ada', role: 'host', expiresIn: 7 }));
    const { iat = 0, exp = 0 } = decodeJwt(granted.access_token);
    expect([granted.expires_in, exp - iat]).toEqual([7, 7]);
  });

  it('adds further claims of any shape, but does not replace its own', async () => {
    const groups = ['Event host', 'staff'];
    const claims = { groups, iss: 'https://issuer.invalid', aud: 'stalls', exp: 1, sub: 'eve' };
    const granted = await jsonOf<Granted>(ask({ sub: 'ada', claims }));
    const payload = decodeJwt(granted.access_token);
    expect(payload).toMatchObject({ sub: 'ada', groups, iss: issuer.url, aud: 'balcony' });
    expect(payload.exp).toBeGreaterThan(1);
  });

  it('returns the bare token to a shell', async () => {
    const answer = await fetch(`${issuer.url}/token?sub=linus&role=viewer&expiresIn=60`);
    expect(decodeJwt(await answer.text())).toMatchObject({ sub: 'linus', role: 'viewer' });
  });

  it.each([
    ['no JSON', 'sub=ada'],
    ['no body', ''],
    ['no sub', { role: 'host' }],
    ['an empty sub', { sub: '', role: 'host' }],
    ['a lifetime of nothing', { sub: 'ada', expiresIn: 0 }],
    ['a lifetime in words', { sub: 'ada', expiresIn: 'long' }],
    ['a misspelt member', { sub: 'ada', rolle: 'host' }],
    ['a body without end', { sub: 'a'.repeat(20_000) }],
  ])('answers 400 to %s', async (_, body) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('answers pages of any origin', async () => {
    const preflight = await fetch(`${issuer.url}/token`, { method: 'OPTIONS' });
    const answer = await ask({ sub: 'ada' });
    expect(preflight.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('shows only the public half of its key', async () => {
    const { keys } = await jsonOf<{ keys: object[] }>(fetch(`${issuer.url}/.well-known/jwks.json`));
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});
