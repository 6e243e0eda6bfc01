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

/**
 * Below the ports that Linux (from 32,768) and macOS (from 49,152) give to connections and to servers that ask for any:
 * a port from there could be given away again before the server that was told it starts, seconds later.
 */
const LOWEST_PORT = 10_000;
const PORTS = 22_000;
const TRIES = 100;

/** A port that was free a moment ago, for servers that must be told their port. */
export async function freePort(random = Math.random): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = LOWEST_PORT + Math.floor(random() * PORTS);
    const probe = await listen(createServer(), port).catch((error) => {
      if (error.code !== 'EADDRINUSE' || tries === TRIES) throw error;
    });
    if (!probe) continue;
    await probe.close();
    return port;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
