import { createHmac } from 'node:crypto';

/** A key of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** What was found wrong with secrets. It never shows them. */
export class BadSecrets extends Error {
  override readonly name = 'BadSecrets';
}

/** The keys in a text of one or two secrets, separated by white space. Throws `BadSecrets`. */
export function keysIn(text: string): Buffer[] {
  const secrets = text.trim().split(/\s+/);
  if (secrets.length > 2)
    throw new BadSecrets(`There are ${secrets.length} signing keys, and two are the most.`);
  return secrets.map((secret) => {
    const key = Buffer.from(SECRET.exec(secret)?.[1] ?? '', 'base64');
    if (key.length < LEAST_BYTES || key.length > MOST_BYTES)
      throw new BadSecrets('A signing key is not whsec_ and 24 to 64 bytes in base64.');
    return key;
  });
}

/** What is sent: an id, when (seconds since the Unix epoch), and the exact body. */
export interface Signed {
  id: string;
  timestamp: number;
  body: string;
}

/**
 * The value of `webhook-signature`: a signature by each key, so that a receiver with either of two keys accepts it.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#verifying-webhook-authenticity
 */
export function signatureOf({ id, timestamp, body }: Signed, keys: readonly Buffer[]): string {
  const signed = `${id}.${timestamp}.${body}`;
  return keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`).join(' ');
}
