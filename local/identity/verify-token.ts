import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** A trusted issuer, its audience, and the address of its keys. */
export interface Trust {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

/** What API Gateway passes to a function as `event.requestContext.authorizer`. */
export interface Authorizer {
  jwt: { claims: Record<string, string>; scopes: null };
}

/** Trusts an issuer by its keys, which are fetched at first use and cached. */
export function trustIssuer(issuer: string, audience: string): Trust {
  return { issuer, audience, keys: createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer)) };
}

/**
 * Verifies an Authorization header as API Gateway's JWT authorizer does: the signature (RSA only), the issuer, `exp`, `nbf`
 * and `iat`, each to the second and without clock tolerance, and `aud`, or `client_id` if there is no `aud`. Throws if any
 * check fails.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export async function verifyToken(header: string | undefined, trust: Trust): Promise<Authorizer> {
  const token = header?.replace(/^Bearer /, '') ?? '';
  const { payload } = await jwtVerify(token, trust.keys, {
    algorithms: ['RS256', 'RS384', 'RS512'],
    issuer: trust.issuer,
    requiredClaims: ['exp'],
  });
  if (isIssuedLater(payload, Date.now())) throw new Error('the token is issued in the future');
  if (!audiences(payload).includes(trust.audience)) throw new Error('the token is for another audience');
  return { jwt: { claims: toGatewayClaims(payload), scopes: null } };
}

/**
 * Claims as a function receives them: API Gateway converts each one to a string, and an array to `[a b]`
 * (https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/issues/802).
 */
export function toGatewayClaims(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, toText(value)]));
}

/** Whether a token was issued in the future. jose checks `nbf` and `exp`, but not `iat`. */
function isIssuedLater({ iat }: JWTPayload, now: number): boolean {
  return iat !== undefined && !(iat * 1000 <= now);
}

function audiences({ aud, client_id }: JWTPayload): unknown[] {
  return aud === undefined ? [client_id] : [aud].flat();
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toText).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
