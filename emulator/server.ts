import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlsOf, type Emulator } from './controls/emulator.ts';
import { exchange } from './exchange.ts';
import type { Request } from './messages.ts';
import type { EmulatorOptions } from './options.ts';
import type { RunningSignaling, SignalingPlace } from './signaling/start.ts';
import { settle } from './state/meetings/lifecycle.ts';
import { type ChimeState, createState } from './state/state.ts';

/** Options of the emulator and of its server. */
export interface StartOptions extends Partial<EmulatorOptions> {
  /** 0, the default, selects a free port. */
  port?: number;
  host?: string;
  /** Accept clients as well, on the same port. The modules for it are loaded only then. */
  signaling?: boolean;
  /** With `signaling`: speak a few lines in every transcribed meeting, as whoever holds the floor there. */
  captionsDemo?: boolean;
  /** Receives one line for each request; never a token. */
  log?: (line: string) => void;
}

/** An emulator that serves HTTP. */
export interface RunningEmulator extends Emulator {
  /** The endpoint for an AWS SDK client. */
  url: string;
  port: number;
  /** What clients can do here, and which packages are missing; undefined without `signaling`. */
  notice: string | undefined;
  /** Stops the server. Open connections end, also those of signaling clients. */
  stop(): Promise<void>;
  /** @internal */
  state: ChimeState;
}

const SETTLE_EVERY_MS = 1000;

/** Starts an emulator on this machine. */
export async function startEmulator(start: StartOptions = {}): Promise<RunningEmulator> {
  const { port = 0, host = '127.0.0.1', log = () => {}, ...rest } = start;
  const { signaling: isJoinable = false, captionsDemo = false, ...options } = rest;
  const state = createState(options);
  let signaling: RunningSignaling | undefined;
  const controls = controlsOf(state);
  const answer = (request: Request) => signaling?.answer(request) ?? controls.handle(request);
  const server = createServer((incoming, outgoing) => exchange({ incoming, outgoing, answer, log }));
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => socket.on('error', () => socket.destroy())); // a reset ends only its connection
  const bound = await listen(server, port, host);
  if (isJoinable) signaling = await signal({ state, server, host, port: bound, captionsDemo, log });
  const settling = setInterval(() => settle(state), SETTLE_EVERY_MS).unref();
  return {
    ...controls,
    url: `http://${host}:${bound}`,
    port: bound,
    state,
    notice: signaling?.notice,
    stop: () => {
      clearInterval(settling);
      signaling?.close();
      return close(server);
    },
  };
}

async function signal(place: SignalingPlace): Promise<RunningSignaling> {
  const { startSignaling } = await import('./signaling/start.ts');
  return startSignaling(place);
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
