import { freePort } from '../../local/listen.ts';
import { discardAll, npmStart } from '../../local/npm-start.ts';
import { until } from '../../local/until.ts';
import { endAll, run } from '../examples/programs.ts';

afterAll(() => {
  endAll();
  discardAll();
});

describe('a developer who runs npm start with an endpoint', () => {
  it('sees what happens in a meeting at the example receiver, with the key that npm start prints', async () => {
    const port = String(await freePort());
    const { urls, output, endAll: stop } = await npmStart({ webhookUrls: `http://127.0.0.1:${port}/` });
    await until(() => /signed with whsec_/.test(output()));
    const WEBHOOK_SECRET = /signed with (whsec_\S+)/.exec(output())?.[1] ?? '';
    const receiver = run('examples/webhook-receiver/receiver.mjs', [], { PORT: port, WEBHOOK_SECRET });
    await receiver.says(/Listening/);
    const token = await (await fetch(`${urls.issuer}/token?sub=ada&role=host`)).text();
    const headers = { authorization: `Bearer ${token}` };
    const ask = async (method: string, path: string) =>
      (await fetch(`${urls.api}/meetings/all-hands${path}`, { method, headers })).status;
    expect([await ask('PUT', ''), await ask('POST', '/join'), await ask('DELETE', '')]).toEqual([
      201, 200, 204,
    ]);
    await receiver.says(/"type":"meeting.ended"/);
    expect(receiver.output()).toMatch(/"type":"epoch.started".*"externalMeetingId":"all-hands"/);
    expect(receiver.output()).not.toContain('refused');
    expect(await stop('SIGINT')).toBe(0);
  });
});
