import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply, Request } from './messages.ts';

/** One HTTP request, its pending response, and the log. */
export interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  answer: (request: Request) => Reply;
  log: (line: string) => void;
}

const MOST_BODY_BYTES = 1_048_576;

/** Passes one request to the emulator and sends its reply: at once, late, or never. */
export async function exchange({ incoming, outgoing, answer, log }: Exchange): Promise<void> {
  try {
    const request = await received(incoming);
    const reply = answer(request);
    log(`${request.method} ${request.path} ${reply.drop ? 'dropped' : reply.status}`);
    carry(reply, () => send(reply, outgoing));
  } catch (error) {
    log(`${incoming.method} failed: ${error instanceof Error ? error.stack : error}`);
    outgoing.destroy();
  }
}

/** Sends the reply after its delay. A timer may fire a fraction of a millisecond early; a response may not. */
function carry({ delayMs }: Reply, deliver: () => void): void {
  if (delayMs === undefined) deliver();
  else setTimeout(deliver, delayMs + 1).unref();
}

function send(reply: Reply, outgoing: ServerResponse): void {
  if (reply.drop) outgoing.destroy();
  else outgoing.writeHead(reply.status, reply.headers).end(reply.body);
}

async function received(incoming: IncomingMessage): Promise<Request> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://emulator');
  const body = await bodyOf(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: singles(incoming.headers),
    body,
  };
}

/** Reads the body. A body longer than any valid request is dropped, and its connection closed. */
async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) throw new RangeError(`a body of more than ${MOST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function singles(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
