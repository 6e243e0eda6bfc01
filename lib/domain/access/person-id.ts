import { createHash } from 'node:crypto';
import { EXTERNAL_ID } from './external-id.ts';

/** The way from a claim to a user id: `plain` accepts only a valid id, `shortened` derives an id from any text. */
export type PersonIds = 'plain' | 'shortened';

/** The form of a shortened id. A claim of this form is shortened as well, so that no person can claim another person's id. */
const SHORTENED = /^id:[\w-]{43}$/;

/**
 * The user id of the person that this text identifies; undefined if there is none. A valid external id stays as it is. From
 * any other text, such as a SAML subject of 77 characters, `shortened` derives `id:` and the SHA-256 of its UTF-8 in
 * base64url: 46 characters of Chime's pattern. The id is the same on each request, and differs for different texts. Case and
 * spaces count.
 */
export function personIdOf(text: string, how: PersonIds): string | undefined {
  const isPlain = EXTERNAL_ID.test(text);
  if (how === 'plain') return isPlain ? text : undefined;
  if (text === '') return undefined;
  if (isPlain && !SHORTENED.test(text)) return text;
  return `id:${createHash('sha256').update(text).digest('base64url')}`;
}
