import type { IncomingMessage, ServerResponse } from 'node:http';

/** A response. A string body is sent as plain text, anything else as JSON. */
export interface Answer {
  status: number;
  body?: unknown;
}

const MAX_BODY_BYTES = 16_384;

/** Reads the body of a request as text; returns an empty text if it is too long. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : '';
}

/** Parses JSON; returns undefined for an invalid text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends a response that pages of any origin may read. */
export function send(response: ServerResponse, { status, body }: Answer) {
  const text = typeof body === 'string';
  response.writeHead(status, {
    'content-type': text ? 'text/plain' : 'application/json',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type',
  });
  response.end(text ? body : JSON.stringify(body));
}
