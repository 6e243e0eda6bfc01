import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body that is a string is sent as plain text, anything else as JSON. */
export interface Answer {
  status: number;
  body?: unknown;
}

const MAX_BODY_BYTES = 16_384;

/** The body of a request as text; of one that is too long, nothing. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : '';
}

/** A text as JSON; of one that is none, nothing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Answer a request, from whatever page it comes. */
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
