import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens on this machine only. */
export interface Listening {
  url: string;
  port: number;
  close: () => Promise<void>;
}

/**
 * Starts a server on 127.0.0.1; port 0 selects any free port. Closing it drops every connection. A reset connection ends only
 * itself: without a listener for its error, Node would end the process.
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
 * The lowest port that `freePort` tries. Linux (from 32,768) and macOS (from 49,152) assign the higher ports to connections
 * and to servers that ask for any port. A port from there could be assigned again before the intended server starts, seconds
 * later.
 */
const LOWEST_PORT = 10_000;
const PORTS = 22_000;
const TRIES = 100;

/** Returns a port that was free a moment ago, for servers that need a fixed port number. */
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
