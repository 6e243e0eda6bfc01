import { connect, type Socket } from 'node:net';
import { type Chance, chanceOf } from '../../simulation/chance.ts';

/** The seed of the attacks: the same seed sends the same bytes. */
export interface Attack {
  seed: number;
  attacks: number;
  /** What an honest client of this server sends: whole requests, byte for byte. */
  honest: readonly string[];
}

const AT_ONCE = 6;
/** The longest time for which an attacker listens before it breaks the connection. */
const LISTENS_MS = 30;

/**
 * Attacks a server on this machine over raw sockets: garbage, requests that are cut or changed anywhere, bodies that never come,
 * huge headers, upgrades to any path. Each connection is then reset at a random moment.
 */
export async function attack(port: number, { seed, attacks, honest }: Attack): Promise<void> {
  const queue = Array.from({ length: attacks }, (_, n) => chanceOf(seed, `attack ${n}`)).values();
  const attackOn = async () => {
    for (const chance of queue) await attackOnce(port, chance, honest);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, attackOn));
}

async function attackOnce(port: number, chance: Chance, honest: readonly string[]): Promise<void> {
  const message = chance.pick(MESSAGES)(chance, honest);
  const socket = connect({ port, host: '127.0.0.1' });
  const closed = closeOf(socket);
  socket.once('connect', () => {
    for (const part of partsOf(chance, message)) socket.write(part);
    breakOff(socket, chance);
  });
  await closed;
}

/** The end of a connection, whichever side breaks it, and however. */
function closeOf(socket: Socket): Promise<void> {
  socket.on('error', () => {}); // `close` follows
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** As a reset, a half-close or an end: at once, after the first bytes of the answer, or after a moment. */
function breakOff(socket: Socket, chance: Chance): void {
  const stop = chance.pick([
    () => socket.resetAndDestroy(),
    () => socket.resetAndDestroy(),
    () => socket.destroy(),
    () => socket.end(() => socket.resetAndDestroy()),
  ]);
  const when = chance.below(4);
  if (when === 0) return void stop();
  if (when === 1) socket.once('data', stop);
  setTimeout(() => socket.resetAndDestroy(), chance.next() * LISTENS_MS);
}

function partsOf(chance: Chance, message: Buffer): Buffer[] {
  const at = chance.below(message.length + 1);
  return chance.happens(0.5) ? [message] : [message.subarray(0, at), message.subarray(at)];
}

/** Send a body until the server closes the connection, or it has taken so many bytes. Gives how many it took. */
export async function sendEndlessBody(port: number, target: string, mostBytes: number): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  const closed = closeOf(socket);
  socket.write(head(`POST ${target} HTTP/1.1`, 'Content-Length: 99999999999'));
  const part = Buffer.alloc(65_536);
  let taken = 0;
  while (taken < mostBytes && !socket.destroyed) {
    if (!socket.write(part))
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
    taken += part.length;
  }
  socket.destroy();
  await closed;
  return taken;
}

type Message = (chance: Chance, honest: readonly string[]) => Buffer;

const PATHS = [
  '/',
  '//',
  '/x',
  '*',
  '/%',
  '/%00',
  '/../..',
  '/control/',
  '/control/none',
  'http://[',
  '/\\',
  '/?%',
];
const TARGETS = [
  ...PATHS,
  'http://elsewhere/',
  `/${'a'.repeat(9000)}`,
  '/control/%ff',
  '/load-generator/',
  '/meetings/%zz/join',
];
const METHODS = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'TRACE',
  'CONNECT',
  'PRI',
  'NONE',
];

const head = (first: string, ...headers: string[]) =>
  Buffer.from([first, 'Host: localhost', ...headers, '', ''].join('\r\n'));

const whole: Message = (chance, honest) => Buffer.from(chance.pick(honest));

const cut: Message = (chance, honest) => {
  const message = whole(chance, honest);
  return message.subarray(0, chance.below(message.length));
};

const changed: Message = (chance, honest) => {
  const message = Buffer.from(whole(chance, honest));
  for (let n = chance.below(8) + 1; n > 0; n--) message[chance.below(message.length)] = chance.below(256);
  return message;
};

const garbage: Message = (chance) =>
  Buffer.from(Array.from({ length: chance.below(400) + 1 }, () => chance.below(256)));

const upgrade: Message = (chance) => {
  const version = chance.pick(['13', '8', 'x']);
  const first = head(
    `${chance.pick(['GET', 'GET', 'POST'])} ${chance.pick(TARGETS)} HTTP/1.1`,
    `Upgrade: ${chance.pick(['websocket', 'websocket', 'h2c', 'TLS/1.0'])}`,
    'Connection: Upgrade',
    `Sec-WebSocket-Version: ${version}`,
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: _aws_wt_session, ${chance.hex(8)}`,
  );
  return chance.happens(0.5) ? first : Buffer.concat([first, garbage(chance, [])]);
};

/** The body is announced, and does not come, or not all of it, or is none. */
const halfBody: Message = (chance) => {
  const length = chance.pick([
    'Content-Length: 500',
    'Transfer-Encoding: chunked',
    'Content-Length: 99999999',
  ]);
  const expect = chance.happens(0.3) ? ['Expect: 100-continue'] : [];
  const first = head(
    `${chance.pick(METHODS)} ${chance.pick(TARGETS)} HTTP/1.1`,
    length,
    'Content-Type: application/json',
    ...expect,
  );
  return Buffer.concat([first, garbage(chance, []).subarray(0, 100)]);
};

const hugeHead: Message = (chance) =>
  head(`GET ${chance.pick(TARGETS)} HTTP/1.1`, `X-Huge: ${'h'.repeat(chance.below(200_000))}`);

const manyAtOnce: Message = (chance, honest) =>
  Buffer.concat(Array.from({ length: chance.below(20) + 2 }, () => whole(chance, honest)));

const strange: Message = (chance) =>
  head(`${chance.pick(METHODS)} ${chance.pick(TARGETS)} HTTP/1.${chance.below(3)}`);

const MESSAGES: readonly Message[] = [
  whole,
  cut,
  changed,
  garbage,
  upgrade,
  halfBody,
  hugeHead,
  manyAtOnce,
  strange,
];

/** One whole request, as it goes over the wire. */
export function written(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = '',
): string {
  const all = {
    host: 'localhost',
    ...headers,
    ...(body && { 'content-length': String(Buffer.byteLength(body)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, '', body].join('\r\n');
}
