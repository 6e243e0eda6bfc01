import { lookup as resolveName } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from '../domain/webhooks/addresses.ts';
import { whyNoEndpoint } from '../domain/webhooks/endpoints.ts';

/** The time that a receiver has to answer, with everything before it: names, connection, TLS (milliseconds). */
export const ANSWER_WITHIN_MS = 5000;

/** Thrown for an address that webhooks are not sent to. No connection was made. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** What is sent, and what is allowed. */
export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Whether addresses of this machine are allowed, besides public ones. */
  loopback: boolean;
  withinMs?: number;
}

/**
 * Send a POST request, and return the status of the answer. The body of the answer is not read, and redirections are not followed; nor is
 * an answer that would turn the connection into one of another protocol (101). It settles within `withinMs`, whatever the receiver sends.
 * Each request makes a connection of its own. The address is checked where the connection is made: a name that resolves to
 * a private address, at whatever time, gets no connection.
 */
export function post({
  url: text,
  headers,
  body,
  loopback,
  withinMs = ANSWER_WITHIN_MS,
}: Post): Promise<number> {
  return new Promise((resolve, reject) => {
    const refused = whyNoEndpoint(text, { loopback });
    if (refused) throw new RefusedAddress(`The address ${refused}.`);
    const url = new URL(text);
    const isAllowed = (address: string) =>
      isPublicAddress(address) || (loopback && isLoopbackAddress(address));
    const send = url.protocol === 'http:' ? plainRequest : secureRequest;
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false as const,
      lookup: lookupAmong(isAllowed),
      signal: AbortSignal.timeout(withinMs),
    };
    const sent = send(url, options, (answer) => {
      answer.on('error', () => {}); // the connection is closed before the body has come
      resolve(answer.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    sent.on('error', reject);
    sent.on('close', () => reject(new Error('The connection was closed without an answer.'))); // after either, no effect
    sent.end(body);
  });
}

/** Resolves names as Node does, and fails for a name with any address that is not allowed. */
function lookupAmong(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) =>
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address)))
        return callback(
          new RefusedAddress('The name resolves to an address that is not on the public Internet.'),
          '',
          0,
        );
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
}
