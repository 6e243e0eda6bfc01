import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { type Listening, listen } from '../../local/listen.ts';

/** A webhook as it came: what the library of the specification made of it. */
export interface Came {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the shape of each event
  event: any;
  headers: IncomingHttpHeaders;
}

export interface Receiver {
  url: string;
  came: Came[];
  /** How many had no valid signature. */
  refused: () => number;
  /** Closes every connection, in the midst of whatever is under way, and listens on the same port again after `restart`. */
  kill: () => Promise<void>;
  restart: () => Promise<void>;
}

/** Answers requests; the default is 204. A promise that never settles is a receiver that hangs. */
export type Answering = (came: Came) => Promise<number> | number;

/** A receiver of webhooks that verifies each of them by the published library. */
export async function startReceiver(key: string, answering: Answering = () => 204): Promise<Receiver> {
  const webhook = new Webhook(key);
  const came: Came[] = [];
  let refused = 0;
  const serve = (): Server =>
    createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      try {
        const event = webhook.verify(Buffer.concat(chunks), request.headers as Record<string, string>);
        const one = { id: String(request.headers['webhook-id']), event, headers: request.headers };
        came.push(one);
        response.writeHead(await answering(one), { location: 'http://127.0.0.1:1/' }).end();
      } catch {
        refused += 1;
        response.writeHead(400).end();
      }
    });
  let listening: Listening = await listen(serve(), 0);
  const { port } = listening;
  return {
    url: `http://127.0.0.1:${port}/`,
    came,
    refused: () => refused,
    kill: () => listening.close(),
    restart: async () => {
      listening = await listen(serve(), port);
    },
  };
}
