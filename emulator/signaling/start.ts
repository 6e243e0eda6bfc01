import type { Server } from 'node:http';
import { openForwardingPeer } from '../media/forwarding-peer.ts';
import { openSilentPeer } from '../media/silent-peer.ts';
import type { Reply, Request } from '../messages.ts';
import type { ChimeState } from '../state/state.ts';
import { CLIENT_EVENTS_PATH, takeClientEvents } from './client-events.ts';
import { tellVolumes } from './floor.ts';
import { createHub, type Hub } from './hub.ts';
import { captionsDemo } from './messages/captions-demo.ts';
import { tellTranscript } from './messages/transcripts.ts';
import { obey } from './obey.ts';
import { installing, loadOptional } from './optional.ts';
import { handleSignaling, isAboutSignaling } from './out-of-band.ts';
import { SUBPROTOCOL, upgrade } from './upgrade.ts';

/** Signaling on a server that listens already. */
export interface RunningSignaling {
  /** What clients can do here and what is missing, as text. */
  notice: string;
  /** Handles a request for signaling; returns undefined for others. */
  answer(request: Request): Reply | undefined;
  close(): void;
}

/** The server, the state and the address. */
export interface SignalingPlace {
  state: ChimeState;
  server: Server;
  host: string;
  port: number;
  /** Speak a few lines in every transcribed meeting. */
  captionsDemo: boolean;
  log: (line: string) => void;
}

const VOLUMES_EVERY_MS = 200;
const DEMO_SPEAKS_EVERY_MS = 600;
/** A limit above any valid frame. */
const MOST_FRAME_BYTES = 1_048_576;

/**
 * Accepts clients over WebSockets. Its modules are loaded only here. Without `ws` or the client package there is no
 * signaling. Without `werift` clients join, and neither hear nor see.
 */
export async function startSignaling(place: SignalingPlace): Promise<RunningSignaling> {
  const { ws, codec, werift, missing } = await loadOptional();
  if (!ws || !codec) return absent(missing);
  const openPeer = werift ? openForwardingPeer(werift, place.host) : openSilentPeer(place.host);
  const hub = createHub(place.state, openPeer, place.log);
  const sockets = new ws.WebSocketServer({
    noServer: true,
    handleProtocols: () => SUBPROTOCOL,
    maxPayload: MOST_FRAME_BYTES,
  });
  place.server.on('upgrade', (incoming, socket, head) =>
    upgrade({ hub, codec, server: sockets }, { incoming, socket, head }),
  );
  const url = `ws://${place.host}:${place.port}`;
  place.state.options.signalingUrlBase ??= url;
  place.state.options.eventIngestionUrl ??= `http://${place.host}:${place.port}${CLIENT_EVENTS_PATH}`;
  const media = werift ? 'with audio and video' : `without audio and video: ${installing(missing)}`;
  return { notice: `Clients join at ${url}, ${media}`, ...running(hub, place.captionsDemo) };
}

function running(hub: Hub, isDemo: boolean): Omit<RunningSignaling, 'notice'> {
  const stopWatching = hub.state.watch(() => obey(hub));
  const stopListening = hub.state.onTranscript((meeting, event) => tellTranscript(hub, meeting, event));
  const timers = [
    setInterval(() => tellVolumes(hub), VOLUMES_EVERY_MS).unref(),
    ...(isDemo ? [setInterval(captionsDemo(hub).step, DEMO_SPEAKS_EVERY_MS).unref()] : []),
  ];
  return {
    answer: (request) => {
      if (request.path === CLIENT_EVENTS_PATH) return takeClientEvents(hub.clientEvents, request);
      return isAboutSignaling(request) ? handleSignaling(hub, request) : undefined;
    },
    close: () => {
      stopWatching();
      stopListening();
      for (const timer of timers) clearInterval(timer);
      for (const session of hub.sessions) {
        session.phase = 'over'; // no session is notified of the ends of the others
        session.peer?.close();
        session.link.drop();
      }
    },
  };
}

const absent = (missing: string[]): RunningSignaling => ({
  notice: `Clients cannot join: ${installing(missing)}`,
  answer: () => undefined,
  close: () => {},
});
