import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange } from './exchange.ts';
import type { EmulatorOptions } from './options.ts';
import { settle } from './state/lifecycle.ts';
import { type ChimeState, createState } from './state/state.ts';

/** Options of Chime, and of the server around it. */
export interface StartOptions extends Partial<EmulatorOptions> {
  /** 0, the default, takes a free one. */
  port?: number;
  host?: string;
  /** Told one line for each request; never a token. */
  log?: (line: string) => void;
}

export interface RunningEmulator {
  url: string;
  port: number;
  options: EmulatorOptions;
  state: ChimeState;
  close(): Promise<void>;
}

const SETTLE_EVERY_MS = 1000;

/** Start Chime on this machine. Closing it also ends the connections that clients keep open. */
export async function startEmulator(start: StartOptions = {}): Promise<RunningEmulator> {
  const { port = 0, host = '127.0.0.1', log = () => {}, ...options } = start;
  const state = createState(options);
  const server = createServer((incoming, outgoing) => exchange(state, { incoming, outgoing, log }));
  server.keepAliveTimeout = 60_000;
  const bound = await listen(server, port, host);
  const settling = setInterval(() => settle(state), SETTLE_EVERY_MS).unref();
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    options: state.options,
    state,
    close: () => {
      clearInterval(settling);
      return close(server);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
