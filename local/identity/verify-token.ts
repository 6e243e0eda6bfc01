import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** Who signs, for whom, and where the keys are. */
export interface Trust {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

/** What API Gateway hands to a function as `event.requestContext.authorizer`. */
export interface Authorizer {
  jwt: { claims: Record<string, string>; scopes: null };
}

/** Trust an issuer by its keys, which are fetched from it at first use and kept. */
export function trustIssuer(issuer: string, audience: string): Trust {
  return { issuer, audience, keys: createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer)) };
}

/**
 * Verify an Authorization header as API Gateway's JWT authorizer does: signature (RSA only), issuer,
 * `exp`, `nbf` and `iat`, each to the second and without tolerance for clocks that differ, and `aud`, or `client_id` where there is no
 * `aud`. Throws unless every one of them holds.
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
 * Claims as they reach a function: API Gateway makes every one a string, and an array `[a b]`
 * (https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/issues/802).
 */
export function toGatewayClaims(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, toText(value)]));
}

/** jose checks `nbf` and `exp` by itself, and leaves `iat` alone. */
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
