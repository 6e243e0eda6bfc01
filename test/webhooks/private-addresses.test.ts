import dns from 'node:dns';
import { createServer } from 'node:http';
import { post, RefusedAddress } from '../../lib/webhooks/post.ts';
import { type Listening, listen } from '../../local/listen.ts';

let requests = 0;
let listening: Listening;
beforeAll(async () => {
  const server = createServer((_, response) => {
    requests += 1;
    response.end('x'.repeat(1000));
  });
  listening = await listen(server, 0);
});
afterAll(() => listening.close());
afterEach(() => jest.restoreAllMocks());

const sent = (url: string, loopback = false) =>
  post({ url, headers: {}, body: '{}', loopback, withinMs: 2000 });

/** Makes the system's resolver answer each look-up with the next of these lists. */
function resolveTo(...answers: string[][]) {
  jest.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    _options: object,
    callback: (...args: unknown[]) => void,
  ) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as typeof dns.lookup);
}

describe('a webhook to a private address', () => {
  it.each([
    'http://127.0.0.1:1/',
    'https://10.0.0.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'https://169.254.169.254/',
  ])('gets no connection: %s', async (url) => {
    await expect(sent(url)).rejects.toThrow(RefusedAddress);
  });

  it.each([
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['fd00:ec2::254']],
    [['8.8.8.8', '10.0.0.1']],
    [['::ffff:10.0.0.1']],
  ])('gets no connection where a name resolves to one, at whatever time: %j', async (addresses) => {
    resolveTo(addresses);
    const url = `https://receiver.example:${listening.port}/`;
    await expect(sent(url)).rejects.toThrow(RefusedAddress);
    await expect(sent(url, true)).rejects.toThrow(addresses[0] === '127.0.0.1' ? /./ : RefusedAddress);
  });

  it('is refused at the attempt, also where the name had another address at the attempt before', async () => {
    resolveTo(['127.0.0.1'], ['10.0.0.1']);
    const url = `https://receiver.example:${listening.port}/`;
    await expect(sent(url, true)).rejects.toThrow(/SSL|EPROTO|wrong version/i); // the server speaks no TLS
    await expect(sent(url, true)).rejects.toThrow(RefusedAddress);
    expect(requests).toBe(0);
  });
});

describe('a webhook to this machine on a laptop', () => {
  it('is sent, by address and by name, and the status is returned', async () => {
    expect(await sent(`http://127.0.0.1:${listening.port}/`, true)).toBe(200);
    expect(await sent(`http://localhost:${listening.port}/`, true)).toBe(200);
    expect(requests).toBe(2);
  });

  it('fails when no answer comes in time', async () => {
    const silent = await listen(
      createServer(() => {}),
      0,
    );
    const late = post({ url: silent.url, headers: {}, body: '{}', loopback: true, withinMs: 50 });
    await expect(late).rejects.toThrow(/abort|timeout/i);
    await silent.close();
  });
});

describe('a receiver with an answer of its own kind', () => {
  const HEAD = 'HTTP/1.1';
  it.each([
    [
      'a change of the protocol',
      `${HEAD} 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n`,
      101,
    ],
    ['hints before the answer', `${HEAD} 103 Early Hints\r\n\r\n${HEAD} 204 No Content\r\n\r\n`, 204],
    ['a body without an end', `${HEAD} 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n`, 200],
    ['no HTTP', 'hello\r\n', 'an error'],
    ['headers of 100 KB', `${HEAD} 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`, 'an error'],
  ])('is not waited for: %s', async (_, bytes, settled) => {
    const receiver = await listen(
      createServer(({ socket }) => void socket.write(bytes)),
      0,
    );
    expect(await sent(`http://127.0.0.1:${receiver.port}/`, true).catch(() => 'an error')).toBe(settled);
    await receiver.close();
  });
});
