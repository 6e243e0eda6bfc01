import { createHmac } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Chance } from '../../simulation/chance.ts';

/** One end of a media path, as an SDP answer tells of it. */
export interface MediaEnd {
  port: number;
  ufrag: string;
  password: string;
}

/** Where an SDP answer wants the media. */
export function mediaEndOf(sdp: string): MediaEnd {
  const [, port = '0'] = /^a=candidate:\S+ 1 udp \d+ \S+ (\d+)/m.exec(sdp) ?? [];
  const [, ufrag = ''] = /^a=ice-ufrag:(\S+)/m.exec(sdp) ?? [];
  const [, password = ''] = /^a=ice-pwd:(\S+)/m.exec(sdp) ?? [];
  return { port: Number(port), ufrag, password };
}

/**
 * Attack a media path: noise from a stranger; then as the client itself, whose DTLS and RTP are garbage, or what the
 * server sent, changed and sent back.
 */
export async function attackMedia(end: MediaEnd, chance: Chance, datagrams: number): Promise<void> {
  const stranger = createSocket('udp4');
  const client = createSocket('udp4');
  const heard: Buffer[] = [];
  client.on('message', (datagram) => void heard.push(datagram));
  for (let n = 0; n < datagrams; n++) await send(stranger, end.port, datagram(chance, heard));
  await send(client, end.port, nomination(end));
  await once(client, 'message'); // the answer to the binding request: from now on the path leads to us
  for (let n = 0; n < datagrams; n++) {
    await send(client, end.port, datagram(chance, heard));
    await new Promise((resolve) => setImmediate(resolve));
  }
  stranger.close();
  client.close();
}

const send = (socket: Socket, port: number, datagram: Buffer) =>
  new Promise<void>((resolve) => socket.send(datagram, port, '127.0.0.1', () => resolve()));

const noise = (chance: Chance, bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, () => chance.below(256)));

/** The first byte decides what a datagram is taken for (RFC 7983): STUN, DTLS, RTP or RTCP. */
const FIRST_BYTES = [0, 1, 20, 21, 22, 22, 23, 25, 64, 128, 144, 191];

function datagram(chance: Chance, heard: Buffer[]): Buffer {
  if (heard.length > 0 && chance.happens(0.4)) {
    const copy = Buffer.from(chance.pick(heard));
    for (let n = chance.below(6); n > 0; n--) copy[chance.below(copy.length)] = chance.below(256);
    return copy.subarray(0, chance.happens(0.5) ? copy.length : chance.below(copy.length));
  }
  const body = noise(chance, chance.below(60));
  const second = chance.pick([96, 111, 200, 206, 0xfe]);
  if (chance.happens(0.5)) return Buffer.concat([Buffer.from([chance.pick(FIRST_BYTES), second]), body]);
  // A DTLS record with a right head and a wrong body.
  const head = Buffer.from([
    chance.pick([20, 21, 22, 23]),
    0xfe,
    0xfd,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    chance.below(4),
    0,
    0,
  ]);
  head.writeUInt16BE(chance.happens(0.5) ? body.length : chance.below(65_536), 11);
  return Buffer.concat([head, body]);
}

/** A binding request that settles on the path (RFC 8445, 7.1.2): it is signed with the server's password. */
function nomination({ ufrag, password }: MediaEnd): Buffer {
  const username = Buffer.from(`${ufrag}:us`);
  const padded = Buffer.concat([username, Buffer.alloc((4 - (username.length % 4)) % 4)]);
  const attributes = Buffer.concat([head(0x0006, username.length), padded, head(0x0025, 0)]);
  const start = Buffer.alloc(20);
  start.writeUInt16BE(0x0001, 0);
  start.writeUInt16BE(attributes.length + 24, 2);
  start.writeUInt32BE(0x2112a442, 4);
  const covered = Buffer.concat([start, attributes]);
  const digest = createHmac('sha1', password).update(covered).digest();
  return Buffer.concat([covered, head(0x0008, digest.length), digest]);
}

function head(type: number, length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(length, 2);
  return bytes;
}
