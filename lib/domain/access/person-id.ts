import { createHash } from 'node:crypto';
import { EXTERNAL_ID } from './external-id.ts';

/** How a claim becomes a user id: `plain` takes only what is one already, `shortened` makes one of any text. */
export type PersonIds = 'plain' | 'shortened';

/** What a shortened id looks like: a text that looks like it is shortened as well, so that nobody takes another's id by claiming it. */
const SHORTENED = /^id:[\w-]{43}$/;

/**
 * The user id of a person whom this text identifies; undefined where there is none. A text that is an external id stays as it is. Of
 * any other, such as a SAML subject of 77 characters, `shortened` makes `id:` and the SHA-256 of its UTF-8 in base64url: 46 characters
 * of Chime's pattern, the same on each request, and different for different texts. Case and spaces count.
 */
export function personIdOf(text: string, how: PersonIds): string | undefined {
  const isPlain = EXTERNAL_ID.test(text);
  if (how === 'plain') return isPlain ? text : undefined;
  if (text === '') return undefined;
  if (isPlain && !SHORTENED.test(text)) return text;
  return `id:${createHash('sha256').update(text).digest('base64url')}`;
}
