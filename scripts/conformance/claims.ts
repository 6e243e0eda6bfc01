import { parseJson } from './json.ts';

export interface Claims {
  sub: string;
  meeting?: string;
}

const PREFIX = 'balcony-conformance-';

/** What a token says of its bearer. Whether it is true is for the stack to find out. */
export function claimsOf(token: string): Claims {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const claims = parseJson<Claims>(payload);
  if (typeof claims?.sub !== 'string') throw new TypeError('a token is no JWT with a sub');
  return claims;
}

/** A name that no event has. A token for one meeting only must be for a name of ours: the meeting is ended. */
export function nameFor(tokens: string[], runId: string): string {
  const only = tokens.flatMap((token) => claimsOf(token).meeting ?? [])[0];
  if (only === undefined) return PREFIX + runId;
  if (only.startsWith(PREFIX)) return only;
  throw new TypeError(`a token is good for one meeting only, whose name does not begin with ${PREFIX}`);
}
