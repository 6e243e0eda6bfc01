import { isLoopbackAddress, isPublicAddress } from '../../../lib/domain/webhooks/addresses.ts';
import { whyNoEndpoint } from '../../../lib/domain/webhooks/endpoints.ts';

const PRIVATE = [
  ...[
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '169.254.170.2',
  ],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1'],
  ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe', '::8.8.8.8', '64:ff9b::8.8.8.8'],
  ...[
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:a9fe:a9fe::1',
    '3fff::1',
  ],
  ...[
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    'localhost',
    '',
  ],
];
const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '100.128.0.1',
  '172.32.0.1',
  '54.240.0.1',
  '2600:1f18::1',
  '2a00:1450:4001::1',
];

describe('an address that webhooks may be sent to', () => {
  it.each(PRIVATE)('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(PUBLIC)('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('is of this machine only for the loopback addresses', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1'].map(isLoopbackAddress)).toEqual([true, true, true]);
    expect(['10.0.0.1', '::ffff:10.0.0.1', '::', '0.0.0.0', 'localhost'].some(isLoopbackAddress)).toBe(false);
  });
});

describe('the URL of an endpoint', () => {
  const deployed = (url: string) => whyNoEndpoint(url, { loopback: false });
  const local = (url: string) => whyNoEndpoint(url, { loopback: true });

  it('is an https URL on the public Internet', () => {
    for (const url of [
      'https://receiver.example/hooks?a=1',
      'https://8.8.8.8:8443/',
      'https://[2600:1f18::1]/',
    ])
      expect(deployed(url)).toBeUndefined();
  });

  it.each([
    ['http://receiver.example/', 'must begin with https://'],
    ['ftp://receiver.example/', 'must begin with https://'],
    ['http://127.0.0.1:9000/', 'must begin with https://'],
    ['https://user:word@receiver.example/', 'must not hold a user name or a password'],
    ['https://receiver.example/#part', 'must not have a fragment'],
    ['https://localhost/', 'is not on the public Internet'],
    ['https://10.0.0.1/', 'is not on the public Internet'],
    ['https://169.254.169.254/latest/meta-data', 'is not on the public Internet'],
    ['https://[::1]/', 'is not on the public Internet'],
    ['https://[::ffff:10.0.0.1]/', 'is not on the public Internet'],
    ['https://2130706433/', 'is not on the public Internet'], // 127.0.0.1 as one number
    ['https://0x7f.1/', 'is not on the public Internet'],
    ['https://router/', 'is not on the public Internet'],
    ['https://router./', 'is not on the public Internet'],
    ['https://api.internal/', 'is not on the public Internet'],
    ['https://ip-10-0-0-1.ec2.internal./', 'is not on the public Internet'],
    ['https://printer.local/', 'is not on the public Internet'],
    ['receiver.example', 'is not a URL of up to 1,024 characters'],
    [`https://receiver.example/${'a'.repeat(1024)}`, 'is not a URL of up to 1,024 characters'],
  ])('is refused: %s', (url, why) => {
    expect(deployed(url)).toBe(why);
  });

  it('may be of this machine on a laptop, without TLS too, and of no other private address', () => {
    for (const url of [
      'http://127.0.0.1:9000/',
      'http://localhost:9000/',
      'https://[::1]:9000/',
      'https://receiver.example/',
    ])
      expect(local(url)).toBeUndefined();
    for (const url of [
      'http://10.0.0.1/',
      'http://receiver.example/',
      'https://169.254.169.254/',
      'file://localhost/etc',
    ])
      expect(local(url)).not.toBeUndefined();
  });
});
