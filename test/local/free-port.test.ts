import { createServer } from 'node:http';
import { freePort, listen } from '../../local/listen.ts';
import { chance } from '../support/random/chance.ts';

describe('a free port', () => {
  it('is outside the range from which the system takes ports for connections', async () => {
    for (let n = 0; n < 20; n++) {
      const port = await freePort();
      expect(port).toBeGreaterThanOrEqual(10_000);
      expect(port).toBeLessThan(32_768);
    }
  });

  it('is drawn again where another server uses it', async () => {
    const taken = await listen(createServer(), await freePort());
    const drawn = (taken.port - 10_000) / 22_000 + 1e-9;
    const draws = [drawn, drawn];
    const port = await freePort(() => draws.shift() ?? chance.next());
    await taken.close();
    expect([draws, port]).toEqual([[], expect.any(Number)]);
    expect(port).not.toBe(taken.port);
  });
});
