import { parseJson } from './json.ts';

export interface Claims {
  sub: string;
  meeting?: string;
}

const PREFIX = 'balcony-conformance-';

/** A token's claims, not verified: the stack does that. */
export function claimsOf(token: string): Claims {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const claims = parseJson<Claims>(payload);
  if (typeof claims?.sub !== 'string') throw new TypeError('a token is no JWT with a sub');
  return claims;
}

/** A meeting name that no real event uses. The test ends the meeting, so a token for one meeting must be for a name of the test. */
export function nameFor(tokens: string[], runId: string): string {
  const only = tokens.flatMap((token) => claimsOf(token).meeting ?? [])[0];
  if (only === undefined) return PREFIX + runId;
  if (only.startsWith(PREFIX)) return only;
  throw new TypeError(`a token is good for one meeting only, whose name does not begin with ${PREFIX}`);
}
