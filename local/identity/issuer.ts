import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod';
import { type Answer, parseJson, readBody, send } from '../json-http.ts';
import { type Listening, listen } from '../listen.ts';

/** The audience that the local issuer writes into its tokens. */
export const LOCAL_AUDIENCE = 'balcony';

const TokenRequest = z.strictObject({
  sub: z.string().min(1),
  role: z.string().min(1).optional(),
  meeting: z.string().min(1).optional(),
  /** Further claims of any shape, as another issuer would write them, such as lists of groups. */
  claims: z.record(z.string(), z.json()).default({}),
  expiresIn: z.int().min(1).max(31_536_000).default(28_800), // seconds
});

/** The content of a token, and its lifetime in seconds. */
export type TokenRequest = z.input<typeof TokenRequest>;

export interface Issuer extends Listening {
  /** Signs a token as `POST /token` does. */
  token: (request: TokenRequest) => Promise<string>;
}

/**
 * Starts an OpenID Connect issuer for local use: discovery, keys, and `POST /token`, which signs for any client. The issuer,
 * audience and expiry of a token are always the configured ones. The key is generated at start and never leaves the process.
 */
export async function startIssuer(port: number): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    serve(request, response).catch(() =>
      response.headersSent ? response.destroy() : send(response, { status: 400 }),
    );
  });
  const listening = await listen(server, port);

  const token = (request: TokenRequest) => {
    const { expiresIn, claims, ...named } = TokenRequest.parse(request);
    return new SignJWT({ ...claims, ...named })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(listening.url)
      .setAudience(LOCAL_AUDIENCE)
      .setIssuedAt(typeof claims.iat === 'number' ? claims.iat : undefined)
      .setExpirationTime(`${expiresIn}s`)
      .sign(privateKey);
  };

  const routes: Record<string, (request: IncomingMessage) => Answer | Promise<Answer>> = {
    'GET /.well-known/openid-configuration': () => ({ status: 200, body: discovery(listening.url) }),
    'GET /.well-known/jwks.json': () => ({ status: 200, body: { keys: [jwk] } }),
    'POST /token': async (request) => grant(parseJson(await readBody(request)), token),
    'GET /token': async (request) => inPlainText(await grant(parseQuery(request), token)),
  };

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (request.method === 'OPTIONS') return send(response, { status: 204 });
    const route = routes[`${request.method} ${new URL(request.url ?? '/', listening.url).pathname}`];
    send(response, route ? await route(request) : { status: 404, body: { error: 'not_found' } });
  }

  return { ...listening, token };
}

async function grant(request: unknown, token: Issuer['token']): Promise<Answer> {
  const asked = TokenRequest.safeParse(request);
  if (!asked.success) return badRequest(z.prettifyError(asked.error));
  const access_token = await token(asked.data);
  return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: asked.data.expiresIn } };
}

/** Formats the token for shells: `$(curl -s 'localhost:3003/token?sub=ada&role=host')`. */
function inPlainText({ status, body }: Answer): Answer {
  const granted = body as { access_token?: string };
  return { status, body: granted.access_token ?? body };
}

function badRequest(error_description: string): Answer {
  return { status: 400, body: { error: 'invalid_request', error_description } };
}

function discovery(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    token_endpoint: `${issuer}/token`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function parseQuery(request: IncomingMessage): unknown {
  const { expiresIn, ...claims } = Object.fromEntries(
    new URL(request.url ?? '/', 'http://localhost').searchParams,
  );
  return expiresIn === undefined ? claims : { ...claims, expiresIn: Number(expiresIn) };
}
