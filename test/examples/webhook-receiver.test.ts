import { Webhook } from 'standardwebhooks';
import { endAll, type Running, run } from './programs.ts';

const KEY = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
let receiver: Running;
let url: string;
beforeAll(async () => {
  receiver = run('examples/webhook-receiver/receiver.mjs', [], { PORT: '0', WEBHOOK_SECRET: KEY });
  await receiver.says(/Listening on http/);
  url = /http:\S+/.exec(receiver.output())?.[0] ?? '';
});
afterAll(endAll);

/** Sends a webhook as Balcony does. */
function send(id: string, event: object, key = KEY): Promise<Response> {
  const body = JSON.stringify(event);
  const at = new Date();
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  };
  return fetch(url, { method: 'POST', headers, body });
}

const raised = { type: 'hand.raised', occurredAt: 'now', data: { externalUserId: 'linus' } };

describe('the example that receives webhooks', () => {
  it('prints what was signed with its key, once, however often it comes', async () => {
    expect((await send('evt_1', raised)).status).toBe(204);
    expect((await send('evt_1', raised)).status).toBe(204);
    await receiver.says(/again: evt_1/);
    expect(receiver.output().match(/"id":"evt_1"/g)).toHaveLength(1);
  });

  it('prints each of several people once, in whatever message they come', async () => {
    const joined = (...ids: string[]) => ({
      type: 'participant.joined',
      data: { participants: ids.map((id) => ({ id, externalUserId: id })) },
    });
    await send('evt_2', joined('p1', 'p2'));
    await send('evt_3', joined('p2', 'p3'));
    await receiver.says(/"externalUserId":"p3"/);
    expect(receiver.output().match(/"id":"p\d"/g)).toEqual(['"id":"p1"', '"id":"p2"', '"id":"p3"']);
  });

  it('refuses another key and another body with 400, and lives on', async () => {
    const other = `whsec_${Buffer.alloc(24, 6).toString('base64')}`;
    expect((await send('evt_4', raised, other)).status).toBe(400);
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400);
    expect((await fetch(url)).status).toBe(405);
    expect((await send('evt_5', raised)).status).toBe(204);
    expect(receiver.output()).not.toContain('evt_4');
  });

  it('says what is missing if it has no key', async () => {
    const keyless = run('examples/webhook-receiver/receiver.mjs', [], { WEBHOOK_SECRET: '' });
    await keyless.says(/Set WEBHOOK_SECRET/);
    expect(keyless.output()).not.toContain('Listening');
  });
});
