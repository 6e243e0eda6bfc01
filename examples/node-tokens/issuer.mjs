import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** The public URL of this issuer: exactly the deployment's `jwtIssuer`. */
const { PORT = '3005', ISSUER = `http://localhost:${PORT}`, AUDIENCE = 'balcony' } = process.env;
const TEN_MINUTES_S = 600;
/** API Gateway refuses tokens from the future, and its clock may differ from this one. */
const SKEW_S = 60;

/** RSA: API Gateway accepts no other algorithm. Keep a key that must outlive the process in a secret store. */
const { privateKey, publicKey } = await generateKeyPair('RS256');
const jwk = await exportJWK(publicKey);
const kid = await calculateJwkThumbprint(jwk);

/** The signed-in users by their cookie. Replace this with your own sign-in. */
const sessions = new Map([
  [randomUUID(), { id: 'ada', hosts: ['all-hands'] }],
  [randomUUID(), { id: 'linus', hosts: [] }],
]);

/** The person claim is a stable id, not an address or a full name: everyone sees the id of a person on stage. */
function tokenFor(user, meeting) {
  const role = user.hosts.includes(meeting) ? 'host' : 'viewer';
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ role, meeting })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(user.id)
    .setIssuedAt(now - SKEW_S)
    .setExpirationTime(now + TEN_MINUTES_S)
    .sign(privateKey);
}

const sessionOf = ({ headers }) => sessions.get(/(?:^|; )session=([\w-]+)/.exec(headers.cookie ?? '')?.[1]);

/** Decides the role by what the backend knows of the user, never by what the user sends. */
async function grant(request, url) {
  const user = sessionOf(request);
  const meeting = url.searchParams.get('meeting');
  if (!user) return [401, { error: 'sign in first' }];
  if (!meeting) return [400, { error: 'name a meeting' }];
  return [200, { token: await tokenFor(user, meeting), expiresInS: TEN_MINUTES_S }];
}

const routes = {
  'GET /.well-known/openid-configuration': () => [
    200,
    { issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known/jwks.json` },
  ],
  'GET /.well-known/jwks.json': () => [200, { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] }],
  'POST /balcony-token': grant,
};

async function answer(request) {
  const url = new URL(request.url, ISSUER);
  const route = routes[`${request.method} ${url.pathname}`] ?? (() => [404, { error: 'no such route' }]);
  return route(request, url);
}

/** An uncaught error would end the process; a request with an invalid URL must not. */
const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch(() => [400, { error: 'not understood' }]);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
});

server.listen(Number(PORT), '127.0.0.1', () => {
  for (const [session, { id }] of sessions) process.stdout.write(`${id}: session=${session}\n`);
});
