import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from './crc32.ts';

/*
 * The part of STUN (RFC 8489) that an ICE-lite agent needs (RFC 8445, 2.5): it answers binding requests with a valid
 * integrity, and sends none.
 */

/** The ICE user fragment and password of one side. */
export interface IceName {
  ufrag: string;
  password: string;
}

export interface Address {
  address: string;
  port: number;
}

const REQUEST = 0x0001;
const SUCCESS = 0x0101;
const MAGIC = 0x2112a442;
const HEADER_BYTES = 20;
const INTEGRITY_BYTES = 24;
const FINGERPRINT_BYTES = 8;
const FINGERPRINT_MASK = 0x5354554e;

const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const XOR_MAPPED_ADDRESS = 0x0020;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;

/** Whether a datagram is STUN, and neither DTLS nor RTP (RFC 7983). */
export const isStun = (datagram: Buffer) =>
  datagram.length >= HEADER_BYTES && (datagram[0] ?? 255) < 4 && datagram.readUInt32BE(4) === MAGIC;

/** Answers a binding request to this server. Other messages, and requests of other sessions, get no answer. */
export function answerBinding(
  request: Buffer,
  { ufrag, password }: IceName,
  from: Address,
): { reply: Buffer; nominates: boolean } | undefined {
  if (request.readUInt16BE(0) !== REQUEST) return undefined;
  const attributes = attributesOf(request);
  const username = attributes.get(USERNAME)?.value.toString() ?? '';
  const integrity = attributes.get(MESSAGE_INTEGRITY);
  if (!username.startsWith(`${ufrag}:`) || !integrity) return undefined;
  if (!isIntact(request, password, integrity)) return undefined;
  const reply = success(request.subarray(8, HEADER_BYTES), password, from);
  return { reply, nominates: attributes.has(USE_CANDIDATE) };
}

interface Attribute {
  at: number;
  value: Buffer;
}

function attributesOf(message: Buffer): Map<number, Attribute> {
  const found = new Map<number, Attribute>();
  for (let at = HEADER_BYTES; at + 4 <= message.length; ) {
    const length = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), { at, value: message.subarray(at + 4, at + 4 + length) });
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return found;
}

/** Verifies the integrity, which covers the bytes before it, under a length that includes it. */
function isIntact(message: Buffer, password: string, { at, value }: Attribute): boolean {
  const covered = Buffer.from(message.subarray(0, at));
  covered.writeUInt16BE(at - HEADER_BYTES + INTEGRITY_BYTES, 2);
  const expected = createHmac('sha1', password).update(covered).digest();
  return value.length === expected.length && timingSafeEqual(value, expected);
}

function success(transactionId: Buffer, password: string, from: Address): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(SUCCESS, 0);
  header.writeUInt32BE(MAGIC, 4);
  transactionId.copy(header, 8);
  const mapped = attribute(XOR_MAPPED_ADDRESS, xored(from));
  const bare = withLength(Buffer.concat([header, mapped]), INTEGRITY_BYTES);
  const digest = createHmac('sha1', password).update(bare).digest();
  const signed = withLength(Buffer.concat([bare, attribute(MESSAGE_INTEGRITY, digest)]), FINGERPRINT_BYTES);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((crc32(signed) ^ FINGERPRINT_MASK) >>> 0);
  return Buffer.concat([signed, attribute(FINGERPRINT, checksum)]);
}

function withLength(message: Buffer, more: number): Buffer {
  message.writeUInt16BE(message.length - HEADER_BYTES + more, 2);
  return message;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

function xored({ address, port }: Address): Buffer {
  const value = Buffer.from([0, 1, 0, 0, ...address.split('.').map(Number)]);
  value.writeUInt16BE(port ^ (MAGIC >>> 16), 2);
  value.writeUInt32BE((value.readUInt32BE(4) ^ MAGIC) >>> 0, 4);
  return value;
}
