import { Agent, get } from 'node:http';
import { startEmulator } from '../../emulator/server.ts';
import { until } from '../../local/until.ts';

/** Ask over a connection that stays open. */
function ask(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}/_emulator/meetings`, { agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    }).once('error', reject);
  });
}

const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/chime/aws4_request';

/** Delete a meeting that never was. */
const deleteNothing = (url: string) =>
  fetch(`${url}/meetings/none`, { method: 'DELETE', headers: { authorization } });

describe('the emulator as a server', () => {
  it('takes a free port, and returns its address', async () => {
    const [one, other] = [await startEmulator(), await startEmulator({ port: 0 })];
    expect(one.port).not.toBe(other.port);
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('answers pages of any origin with the nearest media region of its options', async () => {
    const emulator = await startEmulator({ nearestMediaRegion: 'eu-central-1' });
    const response = await fetch(`${emulator.url}/nearest-media-region`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual({ region: 'eu-central-1' });
    await emulator.stop();
  });

  it('refuses an option that it does not know', async () => {
    await expect(startEmulator({ bursts: 3 } as never)).rejects.toThrow('bursts');
  });

  it('fails when the port is taken', async () => {
    const emulator = await startEmulator();
    await expect(startEmulator({ port: emulator.port })).rejects.toThrow('EADDRINUSE');
    await emulator.stop();
  });

  it('closes with a kept-alive connection open, and releases the port', async () => {
    const emulator = await startEmulator();
    const agent = new Agent({ keepAlive: true });
    expect(await ask(emulator.url, agent)).toBe(200);
    await emulator.stop();
    const again = await startEmulator({ port: emulator.port });
    await again.stop();
    agent.destroy();
  });

  it('closes at once, also while a response is in progress', async () => {
    const emulator = await startEmulator({ latencyMs: 600_000 });
    const lost = expect(deleteNothing(emulator.url)).rejects.toThrow();
    await until(() => Object.keys(emulator.state.calls).length > 0);
    await emulator.stop();
    await lost;
  });

  it('logs one line for each request, without tokens', async () => {
    const lines: string[] = [];
    const emulator = await startEmulator({ log: (line) => lines.push(line), authorization: 'ignore' });
    await fetch(`${emulator.url}/meetings/secret?next-token=secret`, {
      headers: { authorization: 'secret' },
    });
    await emulator.stop();
    expect(lines).toEqual(['GET /meetings/secret 400']);
  });
});
