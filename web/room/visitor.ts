import type { BalconyOptions } from '../../client/ask.ts';
import { EXTERNAL_ID } from '../../lib/domain/access/external-id.ts';
import type { WebConfig } from '../config.ts';

/** Somebody who is about to join. */
export interface Visitor {
  meeting: string;
  /** Their externalUserId, as the token has it. */
  name: string;
  token: BalconyOptions['token'];
}

/** An answer of the issuer: OAuth's words. */
interface Granted {
  access_token: string;
  expires_in: number; // seconds
}

/** A new token before the old one is four fifths through its life. */
const RENEW_AT = 0.8;

/** Tokens of the local issuer, which signs for anybody who asks. */
export function issuedTokens({ issuer }: WebConfig, claims: { sub: string; role: string }, now = Date.now) {
  let kept = { token: '', until: 0 };
  return async (): Promise<string> => {
    if (now() < kept.until) return kept.token;
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body: JSON.stringify(claims) });
    if (answer.status >= 500) throw new TypeError('The issuer of tokens cannot be reached.'); // which passes
    if (!answer.ok) throw new Error('The issuer of tokens did not give one.');
    const { access_token, expires_in } = (await answer.json()) as Granted;
    kept = { token: access_token, until: now() + expires_in * 1000 * RENEW_AT };
    return access_token;
  };
}

/** What Chime takes, in words: `EXTERNAL_ID`. */
const LETTERS = `2 to 64 characters: letters from A to Z or from À to ÿ (é and ñ, not Ł or š), digits, spaces and -_&@+=,(){}[]«».:|'"#. No emoji, and no other alphabet.`;

/** A name as it was typed. One that Chime would not take is refused here, before a token is asked for it. */
export const typedName = (text: string): string => typed(text, 'Your name');

/** The same of a meeting. */
export const typedMeeting = (text: string): string => typed(text, 'The name of the meeting');

/** Some keyboards write é as two code points; Chime takes it as one. */
function typed(text: string, what: string): string {
  const name = text.trim().normalize('NFC');
  if (!EXTERNAL_ID.test(name)) throw new Error(`${what} needs ${LETTERS}`);
  return name;
}

/** A token as it was pasted, without the line breaks of a terminal. What no header could carry is none. */
export function pastedToken(text = ''): string {
  const token = text.replace(/\s/g, '');
  if (/[^\x21-\x7e]/.test(token)) throw new Error('This is not a token.');
  return token;
}

/** Who a token speaks for. It is not verified here: that is the service's. */
export function nameIn(token: string): string {
  try {
    const [, claims = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(claims.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).sub ?? '';
  } catch {
    return '';
  }
}
