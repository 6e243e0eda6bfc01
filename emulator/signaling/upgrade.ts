import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Codec } from './codec.ts';
import { DISMISSALS, end } from './endings.ts';
import type { Hub } from './hub.ts';
import { type Identity, identify } from './identity.ts';
import { receive } from './receive.ts';
import { type Link, openSession } from './session.ts';

/** The selected sub-protocol; clients offer their join token beside it. */
export const SUBPROTOCOL = '_aws_wt_session';

const PATH = /^\/control\/([^/]+)$/;

export interface Upgrade {
  incoming: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** The shared dependencies of all connections. */
export interface Switchboard {
  hub: Hub;
  codec: Codec;
  server: WebSocketServer;
}

/** Accepts the socket of any client: only a close code can tell why it is refused. */
export function upgrade(switchboard: Switchboard, { incoming, socket, head }: Upgrade): void {
  const [path = ''] = (incoming.url ?? '').split('?');
  const [, meetingId] = PATH.exec(path) ?? [];
  if (!meetingId) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n', () => socket.destroy());
  switchboard.server.handleUpgrade(incoming, socket, head, (client) =>
    admit(switchboard, client, { meetingId, token: tokenOf(incoming) }),
  );
}

/** Never logged: the token admits its bearer to the meeting. */
function tokenOf({ headers }: IncomingMessage): string {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  return offered.find((each) => each !== SUBPROTOCOL) ?? '';
}

function admit(
  { hub, codec }: Switchboard,
  client: WebSocket,
  { meetingId, token }: { meetingId: string; token: string },
): void {
  client.on('error', () => {}); // of a lost network; `close` follows
  const identity = identify(hub.state, meetingId, token);
  if (typeof identity === 'string') refuse(hub, client, { meetingId, why: identity });
  else serve({ hub, codec }, client, identity);
}

function refuse(
  hub: Hub,
  client: WebSocket,
  { meetingId, why }: { meetingId: string; why: 'ended' | 'refused' },
): void {
  const { code, reason } = DISMISSALS[why];
  hub.log(`signaling ${meetingId} refused: ${reason}`);
  client.close(code, reason);
}

function serve(
  { hub, codec }: Pick<Switchboard, 'hub' | 'codec'>,
  client: WebSocket,
  identity: Identity,
): void {
  const { meetingId } = identity.meeting;
  const session = openSession(identity, linkOf(hub, codec, client));
  hub.sessions.add(session);
  hub.log(`signaling ${meetingId} opened`);
  client.on('message', (message: Buffer) => {
    const frame = decoded(codec, message);
    if (frame) receive(hub, session, frame);
    else hub.log(`signaling ${meetingId} sent what is no frame`);
  });
  client.on('close', (code) => {
    hub.log(`signaling ${meetingId} closed with ${code}`);
    end(hub, session, 'dropped');
  });
}

function linkOf({ state }: Hub, codec: Codec, client: WebSocket): Link {
  return {
    send: (frame) => {
      if (client.readyState === client.OPEN) client.send(codec.encode(frame, state.clock.now()));
    },
    close: (code, reason) => client.close(code, reason),
    drop: () => client.terminate(),
  };
}

function decoded(codec: Codec, message: Buffer) {
  try {
    return codec.decode(message);
  } catch {
    return undefined;
  }
}
