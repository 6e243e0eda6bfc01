import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

/** The most endpoints: each gets its own copy of every event. */
export const MOST_ENDPOINTS = 5;
const LONGEST = 1024;

/** Endings of names that only a private network resolves: RFC 6761, RFC 6762, and the internal names of AWS. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/i;

/** The host of a URL as an address or a name, without the brackets of IPv6 and the full stop of an absolute name. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

/**
 * Why this is no address that webhooks may be sent to. Undefined: it may be. A name may still resolve to a private address, so the
 * address is checked again when a connection is made. `loopback`: this machine is allowed, without TLS too.
 */
export function whyNoEndpoint(text: string, { loopback }: { loopback: boolean }): string | undefined {
  if (!URL.canParse(text) || text.length > LONGEST) return 'is not a URL of up to 1,024 characters';
  const url = new URL(text);
  if (url.username || url.password) return 'must not hold a user name or a password';
  if (url.hash) return 'must not have a fragment';
  const host = hostOf(url);
  if (loopback && isLoopback(host) && ['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (isIP(host) ? !isPublicAddress(host) : PRIVATE_NAME.test(host) || !host.includes('.'))
    return 'is not on the public Internet';
  return undefined;
}

const isLoopback = (host: string) => host === 'localhost' || isLoopbackAddress(host);
