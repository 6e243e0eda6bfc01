import { freePort } from '../../local/listen.ts';
import { discardAll, npmStart } from '../../local/npm-start.ts';
import { until } from '../../local/until.ts';
import { endAll, run } from '../examples/programs.ts';

afterAll(() => {
  endAll();
  discardAll();
});

/** Sends the dead webhooks of the stack in this folder again, as a developer does. */
async function replay(LOCAL_DIR: string): Promise<void> {
  const script = run('--import', ['tsx', 'scripts/webhooks-replay.ts', '--local'], { LOCAL_DIR });
  await script.says(/No webhook is dead|sent again/);
}

describe('a developer who runs npm start with an endpoint', () => {
  it('sees what happens in a meeting at the example receiver, also what came before it ran, once that is sent again', async () => {
    const port = String(await freePort());
    const parameters = { webhookUrls: `http://127.0.0.1:${port}/` };
    const { urls, output, directory, endAll: stop } = await npmStart(parameters, { WEBHOOK_ATTEMPTS: '1' });
    await until(() => /signed with whsec_/.test(output()));
    const WEBHOOK_SECRET = /signed with (whsec_\S+)/.exec(output())?.[1] ?? '';
    const token = await (await fetch(`${urls.issuer}/token?sub=ada&role=host`)).text();
    const headers = { authorization: `Bearer ${token}` };
    const ask = async (method: string, path: string) =>
      (await fetch(`${urls.api}/meetings/all-hands${path}`, { method, headers })).status;
    expect([await ask('PUT', ''), await ask('POST', '/join')]).toEqual([201, 200]);
    await until(() => /"type":"epoch.started".*"outcome":"failed"/.test(output()));
    const receiver = run('examples/webhook-receiver/receiver.mjs', [], { PORT: port, WEBHOOK_SECRET });
    await receiver.says(/Listening/);
    await until(async () => {
      await replay(directory);
      return /"type":"epoch.started".*"externalMeetingId":"all-hands"/.test(receiver.output());
    });
    expect(await ask('DELETE', '')).toBe(204);
    await receiver.says(/"type":"meeting.ended"/);
    expect(receiver.output()).not.toContain('refused');
    expect(await stop('SIGINT')).toBe(0);
  });
});
