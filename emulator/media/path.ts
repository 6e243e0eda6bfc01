import { randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { type Address, answerBinding, type IceName, isStun } from './stun.ts';

/** A datagram path between the server and one client, once the client has found it. */
export interface Path {
  name: IceName;
  local: Address;
  /** Resolves when the client has selected this path; never, if it does not. */
  found: Promise<void>;
  /** Calls back for every datagram that is not STUN. */
  onData(listener: (datagram: Buffer) => void): void;
  send(datagram: Buffer): void;
  close(): void;
}

const LOOPBACK = '127.0.0.1';

/**
 * Opens a path. The server is ICE-lite: it offers one address and answers checks. It does not need the client's candidates,
 * because the client's requests show its address. With a full ICE agent, browsers that hide their addresses behind mDNS names
 * would connect, and DTLS would never begin.
 */
export async function openPath(host: string): Promise<Path> {
  const socket = createSocket('udp4');
  const address = isIPv4(host) && host !== '0.0.0.0' ? host : LOOPBACK;
  await bind(socket, address);
  const name = { ufrag: randomBytes(4).toString('hex'), password: randomBytes(16).toString('hex') };
  const listeners = new Set<(datagram: Buffer) => void>();
  const remote = remoteOf();
  socket.on('message', (datagram, from) => {
    if (isStun(datagram)) check(socket, { datagram, from, name }, remote);
    else if (isFrom(remote, from)) for (const listener of listeners) hand(datagram, listener);
  });
  socket.on('error', () => {}); // the client went away; its signaling says so
  let isOpen = true;
  return {
    name,
    local: { address, port: socket.address().port },
    found: remote.found,
    onData: (listener) => void listeners.add(listener),
    send: (datagram) => {
      if (isOpen && remote.address) socket.send(datagram, remote.address.port, remote.address.address);
    },
    close: () => {
      if (isOpen) socket.close();
      isOpen = false;
    },
  };
}

/** The client's address, as last nominated. */
interface Remote {
  address: Address | undefined;
  found: Promise<void>;
  settle(address: Address): void;
}

function remoteOf(): Remote {
  let resolve = () => {};
  const remote: Remote = {
    address: undefined,
    found: new Promise((settled) => {
      resolve = settled;
    }),
    settle: (address) => {
      remote.address = address;
      resolve();
    },
  };
  return remote;
}

/** Whether a datagram is from the client. Those from other addresses are dropped. */
const isFrom = ({ address }: Remote, from: RemoteInfo) =>
  address?.port === from.port && address.address === from.address;

/** Passes a datagram to DTLS. werift throws on truncated or invalid ones, and nothing else catches it: they are dropped. */
function hand(datagram: Buffer, listener: (datagram: Buffer) => void): void {
  try {
    listener(datagram);
  } catch {} // the next one may be whole
}

function check(
  socket: Socket,
  { datagram, from, name }: { datagram: Buffer; from: RemoteInfo; name: IceName },
  remote: Remote,
): void {
  const answer = answerBinding(datagram, name, from);
  if (!answer) return;
  socket.send(answer.reply, from.port, from.address);
  if (answer.nominates) remote.settle({ address: from.address, port: from.port });
}

function bind(socket: Socket, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
