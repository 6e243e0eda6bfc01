import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { type Listening, listen } from '../listen.ts';

/** Starts an empty in-memory DynamoDB in this process. */
export function startDatabase(port: number): Promise<Listening> {
  const server = dynalite({ createTableMs: 0 });
  // dynalite's own `close` closes the store under requests in progress: they throw, and nothing catches the error.
  server.close = Server.prototype.close;
  contain(server);
  return listen(server, port);
}

/**
 * Wraps or replaces dynalite's request listeners. They throw when a request is aborted, and on bodies such as `null`. Nothing
 * catches those errors, so one client would end this process.
 */
function contain(server: Server): void {
  const [handle] = server.listeners('request') as [RequestListener];
  server.off('request', handle);
  server.on('request', (request, response) => {
    handle(request, response);
    request.removeAllListeners('error').on('error', () => response.destroy());
    wrapEnd(request, response);
  });
}

/** Wraps dynalite's listener of `end`, which sends the response. */
function wrapEnd(request: IncomingMessage, response: ServerResponse): void {
  const answers = request.listeners('end');
  request.removeAllListeners('end').on('end', () => {
    try {
      for (const answer of answers) answer.call(request);
    } catch {
      if (response.headersSent) return void response.destroy();
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'com.amazon.coral.service#InternalFailure' }));
    }
  });
}
