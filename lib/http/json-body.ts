import httpJsonBodyParser from '@middy/http-json-body-parser';
import { Refusal } from '../refusals.ts';
import type { Incoming } from './incoming.ts';

/** Far above any valid body of the contract. */
const MAX_BODY_BYTES = 16 * 1024;

const parser = httpJsonBodyParser();

/** The parsed body, or undefined if none was sent. A content type that is not JSON is 415; invalid JSON is 400. */
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

/** Refuse a body that is too large before it is parsed. */
export function limitBody({ body }: Incoming): void {
  if (body === undefined || Buffer.byteLength(body) <= MAX_BODY_BYTES) return;
  throw new Refusal('PAYLOAD_TOO_LARGE', { detail: `Send at most ${MAX_BODY_BYTES} bytes.` });
}

/**
 * Whether the body is invalid JSON. The parser reports both faults as 415, but only this one carries the message of
 * `JSON.parse`.
 */
function isMalformed(fault: unknown): boolean {
  const { cause } = fault as { cause?: { message?: unknown } };
  return cause?.message !== undefined;
}
