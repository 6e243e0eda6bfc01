import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers on this machine only. */
export interface Listening {
  url: string;
  port: number;
  close: () => Promise<void>;
}

/**
 * Open a server on 127.0.0.1; port 0 takes any free one. Closing it drops every connection. A connection that is reset
 * ends itself only: without a listener for its error, Node would end the process.
 */
export async function listen(server: Server, port: number): Promise<Listening> {
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://localhost:${taken}`, port: taken, close: () => close(server) };
}

/** A port that was free a moment ago, for servers that must be told their port. */
export async function freePort(): Promise<number> {
  const probe = await listen(createServer(), 0);
  await probe.close();
  return probe.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
