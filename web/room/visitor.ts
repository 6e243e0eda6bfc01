import type { BalconyOptions } from '../../client/ask.ts';
import { EXTERNAL_ID } from '../../lib/domain/access/external-id.ts';
import type { WebConfig } from '../config.ts';
import { PlainError } from './words.ts';

/** A person who is about to join. */
export interface Visitor {
  meeting: string;
  /** The externalUserId in the token. */
  name: string;
  token: BalconyOptions['token'];
}

/** A response of the issuer, in OAuth's format. */
interface Granted {
  access_token: string;
  expires_in: number; // seconds
}

/** The share of a token's life after which it is renewed. */
const RENEW_AT = 0.8;

/** Tokens of the local issuer, which signs for any client. */
export function issuedTokens({ issuer }: WebConfig, claims: { sub: string; role: string }, now = Date.now) {
  let kept = { token: '', until: 0 };
  return async (): Promise<string> => {
    if (now() < kept.until) return kept.token;
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body: JSON.stringify(claims) });
    if (answer.status >= 500) throw new TypeError('The issuer of tokens cannot be reached.'); // a temporary failure
    if (!answer.ok) throw new PlainError('You could not be signed in. Check your name, and try again.');
    const { access_token, expires_in } = (await answer.json()) as Granted;
    kept = { token: access_token, until: now() + expires_in * 1000 * RENEW_AT };
    return access_token;
  };
}

/** The pattern `EXTERNAL_ID` in words. */
const LETTERS = `2 to 64 characters: letters from A to Z or from À to ÿ (é and ñ, not Ł or š), digits, spaces and -_&@+=,(){}[]«».:|'"#. No emoji, and no other alphabet; not “..”, and not “aws:” at the beginning.`;

/** Normalizes a typed name. A name that Chime would refuse is refused here, before a token is requested. */
export const typedName = (text: string): string => typed(text, 'Your name');

/** Normalizes the typed name of a meeting. */
export const typedMeeting = (text: string): string => typed(text, 'The name of the meeting');

/** Some keyboards write é as two code points; Chime accepts only one. */
function typed(text: string, what: string): string {
  const name = text.trim().normalize('NFC');
  if (!EXTERNAL_ID.test(name)) throw new PlainError(`${what} needs ${LETTERS}`);
  return name;
}

/** Normalizes a pasted token: removes a terminal's line breaks. A text that no header could carry becomes empty. */
export function pastedToken(text = ''): string {
  const token = text.replace(/\s/g, '');
  if (/[^\x21-\x7e]/.test(token)) throw new PlainError('This is not a token.');
  return token;
}

/** The name that a token identifies. The token is not verified here: the service does that. */
export function nameIn(token: string): string {
  try {
    const [, claims = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(claims.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).sub ?? '';
  } catch {
    return '';
  }
}
