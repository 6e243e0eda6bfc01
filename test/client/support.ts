import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Deps } from '../../client/join.ts';
import { type Listening, listen } from '../../local/listen.ts';

/** One answer of a service that follows a script. */
export interface Line {
  /** 0: the connection is cut before an answer. */
  status: number;
  headers?: Record<string, string>;
  /** The JSON body, or the text of a proxy. */
  body?: unknown;
  text?: string;
  /** Awaited before the answer. */
  after?: Promise<unknown>;
}

export interface Heard {
  method: string;
  path: string;
  authorization: string;
  body: string;
}

const opened: Listening[] = [];

/** A service that answers line by line, the last line for ever, and records the requests. */
export async function scripted(...lines: Line[]): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { status, headers, body, text, after } = lines[Math.min(heard.length, lines.length - 1)] as Line;
    heard.push(await heardFrom(request));
    await after;
    if (status === 0) return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? text : JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy()); // the client gave up
  });
  const listening = await listen(server, 0);
  opened.push(listening);
  return { url: listening.url, heard };
}

export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
}

async function heardFrom(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url: path = '', headers } = request;
  return { method, path, authorization: headers.authorization ?? '', body: Buffer.concat(chunks).toString() };
}

/** Dependencies whose pauses take no time and are recorded. */
export function hurried({
  random = 0.5,
  during = async () => {},
}: {
  random?: number;
  during?: () => Promise<unknown>;
} = {}) {
  const waited: number[] = [];
  const deps: Deps = {
    random: () => random,
    pause: async (ms, signal) => {
      waited.push(ms);
      await during();
      signal?.throwIfAborted();
    },
  };
  return { waited, deps };
}

export const JOINED = { status: 'joined', Meeting: { MeetingId: 'm' }, Attendee: { AttendeeId: 'a' } };
