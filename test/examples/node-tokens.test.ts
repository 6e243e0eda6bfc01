import { decodeJwt } from 'jose';
import { callerFrom } from '../../lib/domain/access/caller.ts';
import { trustIssuer, verifyToken } from '../../local/identity/verify-token.ts';
import { freePort } from '../../local/listen.ts';
import { attack, written } from '../support/hostile-client.ts';
import { jsonOf } from '../support/json.ts';
import { endAll, type Running, run } from './programs.ts';

const NAMES = { personClaim: 'sub', personIds: 'plain', roleClaim: 'role', meetingClaim: 'meeting' } as const;

let issuer: string;
let backend: Running;
beforeAll(async () => {
  const port = await freePort();
  issuer = `http://localhost:${port}`;
  backend = run('examples/node-tokens/issuer.mjs', [], { PORT: String(port) });
  await backend.says(/linus: session=/);
});
afterAll(endAll);

/** Request a token as a page does, with a session cookie. */
async function grant(who: string, query = '?meeting=all-hands') {
  const session = new RegExp(`^${who}: (session=.*)$`, 'm').exec(backend.output())?.[1] ?? 'session=made-up';
  return fetch(`${issuer}/balcony-token${query}`, { method: 'POST', headers: { cookie: session } });
}

const tokenOf = async (who: string) => (await jsonOf<{ token: string }>(grant(who))).token;
const callerOf = async (token: string) => {
  const { jwt } = await verifyToken(`Bearer ${token}`, trustIssuer(issuer, 'balcony'));
  return callerFrom(jwt.claims, NAMES);
};

describe('the backend that mints tokens', () => {
  it('signs tokens that API Gateway verifies, for one person, one role and one meeting', async () => {
    expect(await callerOf(await tokenOf('ada'))).toEqual({
      externalUserId: 'ada',
      role: 'host',
      meeting: 'all-hands',
    });
    expect(await callerOf(await tokenOf('linus'))).toMatchObject({ externalUserId: 'linus', role: 'viewer' });
  });

  it('makes no person the host of a meeting that is not theirs, whatever the request says', async () => {
    const { token } = await jsonOf<{ token: string }>(grant('ada', '?meeting=board&role=host'));
    expect(await callerOf(token)).toEqual({ externalUserId: 'ada', role: 'viewer', meeting: 'board' });
  });

  it('lets a token live for ten minutes, and dates it back for a gateway whose clock is slow', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { iat = 0, exp = 0 } = decodeJwt(await tokenOf('linus'));
    expect(exp).toBeGreaterThanOrEqual(before + 600);
    expect(exp - iat).toBe(660);
  });

  it('refuses people who are not signed in, and tokens for all meetings', async () => {
    expect((await grant('eve')).status).toBe(401);
    expect((await grant('ada', '')).status).toBe(400);
  });

  it('is found through its discovery document, and shows only the public half of its key', async () => {
    const { jwks_uri } = await jsonOf<{ jwks_uri: string }>(
      fetch(`${issuer}/.well-known/openid-configuration`),
    );
    const { keys } = await jsonOf<{ keys: object[] }>(fetch(jwks_uri));
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  it('survives any request, and connections that break off', async () => {
    const honest = [
      written('GET', '/.well-known/jwks.json'),
      written('GET', '//'),
      written('POST', '/balcony-token?meeting=all-hands', { cookie: 'session=made-up' }),
    ];
    await attack(Number(new URL(issuer).port), { seed: 5, attacks: 200, honest });
    expect((await grant('ada')).status).toBe(200);
  });
});
