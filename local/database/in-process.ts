import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { type Listening, listen } from '../listen.ts';

/** Start an empty DynamoDB in this process' memory. */
export function startDatabase(port: number): Promise<Listening> {
  const server = dynalite({ createTableMs: 0 });
  // dynalite's own closes the store below requests that are still worked on: they throw then, and nothing catches it.
  server.close = Server.prototype.close;
  contain(server);
  return listen(server, port);
}

/**
 * dynalite throws the error of a request that is broken off, and fails on bodies such as `null`, both from listeners of
 * the request, where nothing catches it: one client would end this process. So its listeners are replaced or wrapped.
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

/** dynalite answers in the listener of `end`. */
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
