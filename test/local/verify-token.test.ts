import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { type Issuer, startIssuer } from '../../local/identity/issuer.ts';
import { type Trust, toGatewayClaims, trustIssuer, verifyToken } from '../../local/identity/verify-token.ts';
import { jsonOf } from '../support/json.ts';

let issuer: Issuer;
let trust: Trust;

beforeAll(async () => {
  issuer = await startIssuer(0);
  trust = trustIssuer(issuer.url, 'balcony');
});

afterAll(() => issuer.close());

const bearer = (token: string) => `Bearer ${token}`;

/** The issuer's public key, as it is published. */
async function publicKey() {
  const { keys } = await jsonOf<{ keys: { kid: string; n: string }[] }>(
    fetch(`${issuer.url}/.well-known/jwks.json`),
  );
  return keys[0] ?? { kid: '', n: '' };
}

/** A token with the right words, signed with a key of our own. */
async function forge(claims: Record<string, unknown> = {}) {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const token = await new SignJWT({ sub: 'ada', role: 'host', iss: issuer.url, aud: 'balcony', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'forged' })
    .setExpirationTime((claims.exp as number | undefined) ?? '1h')
    .sign(privateKey);
  const keys = async () => publicKey;
  return { token, trust: { ...trust, keys } };
}

describe('a token of the issuer', () => {
  it('is accepted, and every claim is a string', async () => {
    const token = await issuer.token({ sub: 'ada', role: 'host', meeting: 'all-hands' });
    const { jwt } = await verifyToken(bearer(token), trust);
    expect(jwt.scopes).toBeNull();
    expect(jwt.claims).toEqual({
      sub: 'ada',
      role: 'host',
      meeting: 'all-hands',
      iss: issuer.url,
      aud: 'balcony',
      iat: expect.stringMatching(/^\d+$/),
      exp: expect.stringMatching(/^\d+$/),
    });
  });

  it('is accepted without the word Bearer, as by API Gateway', async () => {
    const token = await issuer.token({ sub: 'ada' });
    await expect(verifyToken(token, trust)).resolves.toBeDefined();
  });

  it('may have been issued in this very second, or without a time', async () => {
    for (const iat of [Math.floor(Date.now() / 1000), undefined]) {
      const { token, trust: itsKey } = await forge({ iat });
      await expect(verifyToken(bearer(token), itsKey)).resolves.toBeDefined();
    }
  });

  it('may name the audience in client_id, when it has no aud', async () => {
    const { token, trust: itsKey } = await forge({ aud: undefined, client_id: 'balcony' });
    await expect(verifyToken(bearer(token), itsKey)).resolves.toBeDefined();
  });
});

describe('a token is rejected when it', () => {
  it('is absent', () => expect(verifyToken(undefined, trust)).rejects.toThrow());
  it('is another text', () => expect(verifyToken(bearer('a.b.c'), trust)).rejects.toThrow());

  it('is signed with another key', async () => {
    const { token } = await forge();
    await expect(verifyToken(bearer(token), trust)).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  it('is signed with another key under the name of the right one', async () => {
    const key = await publicKey();
    const { privateKey } = await generateKeyPair('RS256');
    const token = await new SignJWT({ iss: issuer.url, aud: 'balcony', sub: 'ada' })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .setExpirationTime('1h')
      .sign(privateKey);
    await expect(verifyToken(bearer(token), trust)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  it('was changed after it was signed', async () => {
    const [header, , signature] = (await issuer.token({ sub: 'eve', role: 'viewer' })).split('.');
    const [, claims] = (await issuer.token({ sub: 'eve', role: 'host' })).split('.');
    await expect(verifyToken(bearer(`${header}.${claims}.${signature}`), trust)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  it('has the algorithm none', async () => {
    const token = new UnsecuredJWT({ sub: 'ada', iss: issuer.url, aud: 'balcony' })
      .setExpirationTime('1h')
      .encode();
    await expect(verifyToken(bearer(token), trust)).rejects.toMatchObject({
      code: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
  });

  it('is signed with the public key as a shared secret', async () => {
    const key = await publicKey();
    const token = await new SignJWT({ sub: 'ada', iss: issuer.url, aud: 'balcony' })
      .setProtectedHeader({ alg: 'HS256', kid: key.kid })
      .setExpirationTime('1h')
      .sign(Buffer.from(key.n, 'base64url'));
    await expect(verifyToken(bearer(token), trust)).rejects.toMatchObject({
      code: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
  });

  it.each([
    ['has expired', { exp: 1_700_000_000 }, 'ERR_JWT_EXPIRED'],
    ['is not valid yet', { nbf: 4_000_000_000 }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['is from another issuer', { iss: 'https://issuer.invalid' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ])('%s', async (_, claims, code) => {
    const { token, trust: itsKey } = await forge(claims);
    await expect(verifyToken(bearer(token), itsKey)).rejects.toMatchObject({ code });
  });

  it.each([
    ['was issued a minute from now, by a clock that is fast', () => Math.floor(Date.now() / 1000) + 60],
    ['has an issue time that is no number', () => 'soon'],
  ])('%s', async (_, iat) => {
    const { token, trust: itsKey } = await forge({ iat: iat() });
    await expect(verifyToken(bearer(token), itsKey)).rejects.toThrow();
  });

  it.each([
    ['is for another audience', { aud: 'stalls' }],
    ['is for several other audiences', { aud: ['stalls', 'circle'] }],
    ['is for no audience', { aud: undefined }],
    ['is for another audience, whatever its client_id', { aud: 'stalls', client_id: 'balcony' }],
  ])('%s', async (_, claims) => {
    const { token, trust: itsKey } = await forge(claims);
    await expect(verifyToken(bearer(token), itsKey)).rejects.toThrow('another audience');
  });
});

describe('the claims that a function receives', () => {
  it('are strings as API Gateway writes them', () => {
    const claims = { 'cognito:groups': ['hosts', 'staff'], auth_time: 1700000000, email_verified: true };
    expect(toGatewayClaims({ ...claims, groups: ['not a host'] })).toEqual({
      'cognito:groups': '[hosts staff]',
      groups: '[not a host]',
      auth_time: '1700000000',
      email_verified: 'true',
    });
  });
});
