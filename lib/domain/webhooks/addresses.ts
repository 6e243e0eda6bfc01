import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Addresses that are not on the public Internet, or that lead back into a private network: the special-purpose registries of IANA.
 * https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */
const PRIVATE_V4: [string, number][] = [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by carriers; also the metadata of some clouds
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: the metadata of EC2, Lambda and ECS
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/** Of IPv6, only 2000::/3 is given to the public Internet. These parts of it are not, or hold an IPv4 address. */
const PUBLIC_V6: [string, number] = ['2000::', 3];
const PRIVATE_V6: [string, number][] = [
  ['2001::', 23], // special purposes: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4 holds an IPv4 address
  ['3fff::', 20], // documentation
];

function listOf(v4: [string, number][], v6: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of v4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of v6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}

const privateV4 = listOf(PRIVATE_V4, []);
const privateV6 = listOf([], PRIVATE_V6);
const publicV6 = listOf([], [PUBLIC_V6]);
const loopback = listOf([['127.0.0.0', 8]], [['::1', 128]]);

/**
 * Whether an IP address is on the public Internet. Of IPv6 that is only what is given to it: so mapped (::ffff:0:0/96), NAT64
 * (64:ff9b::/96), unique local (fc00::/7), link-local (fe80::/10) and multicast (ff00::/8) addresses are not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !privateV4.check(address, 'ipv4');
  return isIP(address) === 6 && publicV6.check(address, 'ipv6') && !privateV6.check(address, 'ipv6');
}

/** Whether an IP address is this machine. */
export const isLoopbackAddress = (address: string): boolean =>
  isIP(address) !== 0 && loopback.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
