import httpJsonBodyParser from '@middy/http-json-body-parser';
import { Refusal } from '../refusals.ts';
import type { Incoming } from './incoming.ts';

/** Far above anything that the contract can hold. */
const MAX_BODY_BYTES = 16 * 1024;

const parser = httpJsonBodyParser();

/**
 * The body as JSON, or undefined when none was sent. Only a content type that is not JSON is 415; words
 * that are no JSON are 400.
 */
export async function jsonBody({ body, headers }: Incoming): Promise<unknown> {
  if (body === undefined) return undefined;
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const event = { headers: { 'content-type': mediaType }, body };
  try {
    await parser.before?.({ event } as never);
    return event.body;
  } catch (cause) {
    throw isMalformed(cause)
      ? new Refusal('BAD_REQUEST', { detail: 'The body is not valid JSON.', cause })
      : new Refusal('UNSUPPORTED_MEDIA_TYPE', { cause });
  }
}

/** Refuse what is too large before anything reads it. */
export function limitBody({ body }: Incoming): void {
  if (body === undefined || Buffer.byteLength(body) <= MAX_BODY_BYTES) return;
  throw new Refusal('PAYLOAD_TOO_LARGE', { detail: `Send at most ${MAX_BODY_BYTES} bytes.` });
}

/** The parser answers both faults with 415, and passes the words of `JSON.parse` on with one of them. */
function isMalformed(fault: unknown): boolean {
  const { cause } = fault as { cause?: { message?: unknown } };
  return cause?.message !== undefined;
}
