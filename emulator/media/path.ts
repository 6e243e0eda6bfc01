import { randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { type Address, answerBinding, type IceName, isStun } from './stun.ts';

/** A way for datagrams between us and one client, once the client has found it. */
export interface Path {
  name: IceName;
  local: Address;
  /** Resolves when the client has settled on this way; never, if it does not. */
  found: Promise<void>;
  /** Hear every datagram that is not about the way itself. */
  onData(listener: (datagram: Buffer) => void): void;
  send(datagram: Buffer): void;
  close(): void;
}

const LOOPBACK = '127.0.0.1';

/**
 * Open a way. This end is ICE-lite: it offers one address and answers checks; the client's candidates are not
 * asked for, as its requests show where it is. With a full agent here, browsers that hide their addresses
 * behind mDNS names would connect, and DTLS would never begin.
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
  socket.on('error', () => {}); // a client that went away; its signaling tells
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

/** Where the client is: the address that it nominated last. */
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

/** Whether a datagram is from the client. Those from any other address are dropped. */
const isFrom = ({ address }: Remote, from: RemoteInfo) =>
  address?.port === from.port && address.address === from.address;

/** werift throws on datagrams that are cut or garbage, and nothing above would catch it: they are dropped, as DTLS does. */
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
