import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../emulator/server.ts';
import { whyNotStarted } from '../../local/ports.ts';

describe('a stack that does not start', () => {
  let other: Server;
  beforeAll(async () => {
    other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => other.close());

  it('says which port another program has, and the variables that name another port', async () => {
    const { port } = other.address() as AddressInfo;
    const error = await startEmulator({ port }).catch((caught: Error) => caught);
    expect(whyNotStarted(error as NodeJS.ErrnoException)).toMatch(
      new RegExp(`^port ${port} is in use.* PORT, CHIME_PORT,.* or WEB_PORT`),
    );
  });

  it('says any other reason as it is', () => {
    expect(whyNotStarted(new Error('no space is left'))).toBe('no space is left');
  });
});
