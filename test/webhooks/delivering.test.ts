import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { type Listening, listen } from '../../local/listen.ts';
import { until } from '../../local/until.ts';
import { recordOf } from '../domain/webhooks/images.ts';
import { type Answering, type Receiver, startReceiver } from './receiver.ts';
import { KEY, startWebhookStack, type WebhookStack } from './stack.ts';

const raised = (user: string, n: number) =>
  recordOf(
    'PARTICIPANTS#all-hands#1',
    undefined,
    {
      externalUserId: user,
      role: 'viewer',
      incarnatedAt: 1,
      epoch: 1,
      hand: { incarnation: 'i1', raisedAt: new Date(1_900_000_000_000 + n).toISOString() },
    },
    n,
  );
const batchOf = (...records: object[]) => ({ Records: records }) as Parameters<WebhookStack['publish']>[0];

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close().catch(() => {});
});

async function receiverOf(answering?: Answering): Promise<Receiver> {
  const receiver = await startReceiver(KEY, answering);
  open.push({ close: receiver.kill });
  return receiver;
}
async function stackOf(options: Parameters<typeof startWebhookStack>[0]): Promise<WebhookStack> {
  const stack = await startWebhookStack(options);
  open.unshift(stack);
  return stack;
}

describe('a webhook', () => {
  it('reaches every endpoint, each with a signature of its own attempt', async () => {
    const receivers = [await receiverOf(), await receiverOf()];
    const stack = await stackOf({ urls: receivers.map(({ url }) => url) });
    await stack.publish(batchOf(raised('linus', 1)));
    await until(() => receivers.every(({ came }) => came.length === 1));
    const [one, other] = receivers.map(({ came }) => came[0]);
    expect(one?.event).toMatchObject({ type: 'hand.raised', data: { externalMeetingId: 'all-hands' } });
    expect(other?.id).toBe(one?.id);
    expect(one?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Balcony-Webhooks',
    });
  });

  it('is sent only for the types of events that were asked for', async () => {
    const receiver = await receiverOf();
    const stack = await stackOf({ urls: [receiver.url], events: 'hand.lowered, meeting.live' });
    await stack.publish(batchOf(raised('linus', 1)));
    expect(stack.queue.waiting()).toBe(0);
    expect(stack.lines.join()).toContain('"changes":1,"events":0,"messages":0');
  });

  it('is dropped when the endpoint says that it is gone, and the log names the host and no path', async () => {
    const receiver = await receiverOf(() => 410);
    const stack = await stackOf({ urls: [`${receiver.url}path-with-a-secret`] });
    await stack.publish(batchOf(raised('linus', 1)));
    await until(() => stack.queue.waiting() === 0);
    expect([receiver.came.length, stack.queue.dead()]).toEqual([1, 0]);
    await until(() => stack.lines.length === 2);
    expect(stack.lines[1]).toContain('"outcome":"gone"');
    expect(stack.lines[1]).toContain(`"endpoint":"${new URL(receiver.url).host}"`);
    expect(stack.lines.join()).not.toMatch(/path-with-a-secret|linus|whsec_/);
  });

  it('follows no redirection: it is tried again at its own address', async () => {
    const statuses = [302, 308, 204];
    const receiver = await receiverOf(() => statuses.shift() as number);
    const stack = await stackOf({ urls: [receiver.url] });
    await stack.publish(batchOf(raised('linus', 1)));
    await stack.skipUntil(() => stack.queue.waiting() === 0);
    expect(receiver.came).toHaveLength(3);
  });

  it('of a hanging endpoint does not hold up those of another', async () => {
    const hanging = await receiverOf(() => new Promise(() => {}));
    const quick = await receiverOf();
    const stack = await stackOf({ urls: [hanging.url, quick.url] });
    await stack.publish(batchOf(...Array.from({ length: 40 }, (_, n) => raised(`viewer-${n}`, n))));
    await until(() => quick.came.length === 40);
    expect(new Set(quick.came.map(({ id }) => id)).size).toBe(40);
  });

  it('for an endpoint that is no longer configured is dropped', async () => {
    const receiver = await receiverOf();
    const stack = await stackOf({ urls: ['http://127.0.0.1:1/'] });
    stack.queue.send(JSON.stringify({ id: 'evt_1', type: 'hand.raised', body: '{}', url: receiver.url }));
    await until(() => stack.queue.waiting() === 0);
    expect([receiver.came.length, receiver.refused(), stack.queue.dead()]).toEqual([0, 0, 0]);
    await until(() => stack.lines.length === 1);
    expect(stack.lines[0]).toContain('"outcome":"removed"');
  });

  it('that SQS delivers in a broken form is retried, and does not stop the others', async () => {
    const receiver = await receiverOf();
    const stack = await stackOf({ urls: [receiver.url] });
    stack.queue.send('no JSON');
    await stack.publish(batchOf(raised('linus', 1)));
    await until(() => receiver.came.length === 1 && stack.queue.waiting() === 1);
    await until(() => stack.lines.some((line) => line.includes('"status":500')));
  });
});

describe('a change that cannot be understood', () => {
  it('is logged by its number and counted, and does not stop the others of its batch', async () => {
    const receiver = await receiverOf();
    const stack = await stackOf({ urls: [receiver.url] });
    const broken = raised('zoe', 7);
    Object.assign(broken.dynamodb?.NewImage ?? {}, {
      hand: { M: { incarnation: { S: 'i1' }, raisedAt: { S: 'never' } } },
    });
    await stack.publish(batchOf(broken, raised('linus', 8)));
    await until(() => receiver.came.length === 1);
    expect(receiver.came[0]?.event.data.externalUserId).toBe('linus');
    expect(stack.lines[0]).toMatch(/"level":"error".*"sequence":"7"/);
    expect(stack.lines.join()).not.toContain('zoe');
  });
});

describe('the signing keys', () => {
  /** A stand-in for SSM that holds one parameter. */
  async function ssmWith(values: string[]): Promise<Listening & { asked: object[] }> {
    const asked: object[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      asked.push(JSON.parse(Buffer.concat(chunks).toString()));
      const Value = values.length > 1 ? values.shift() : values[0];
      response.end(JSON.stringify({ Parameter: { Value, Type: 'SecureString' } }));
    });
    const listening = { ...(await listen(server, 0)), asked };
    open.push(listening);
    return listening;
  }

  it('are read once from the parameter that the settings name, decrypted, and two of them sign together', async () => {
    const next = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
    const ssm = await ssmWith([`${next} ${KEY}\n`]);
    const receiver = await receiverOf();
    const environment = { AWS_ENDPOINT_URL_SSM: ssm.url };
    const stack = await stackOf({ urls: [receiver.url], signing: '/balcony/webhooks', environment });
    await stack.publish(batchOf(raised('linus', 1)));
    await until(() => receiver.came.length === 1);
    await stack.publish(batchOf(raised('linus', 2)));
    await until(() => receiver.came.length === 2);
    expect(ssm.asked).toEqual([{ Name: '/balcony/webhooks', WithDecryption: true }]);
    expect(receiver.refused()).toBe(0);
    const { event, headers } = receiver.came[0] as (typeof receiver.came)[0];
    const { 'webhook-signature': both = '' } = headers as Record<string, string>;
    expect(both.split(' ')).toHaveLength(2);
    const verified = new Webhook(next).verify(JSON.stringify(event), headers as Record<string, string>);
    expect(verified).toEqual(event);
  });

  it('that are invalid send nothing, and appear nowhere', async () => {
    const ssm = await ssmWith(['whsec_short-and-secret']);
    const receiver = await receiverOf();
    const environment = { AWS_ENDPOINT_URL_SSM: ssm.url };
    const stack = await stackOf({ urls: [receiver.url], signing: '/balcony/webhooks', environment });
    await stack.publish(batchOf(raised('linus', 1)));
    await until(() => stack.lines.some((line) => line.includes('BadSecrets')));
    expect([receiver.came.length, receiver.refused()]).toEqual([0, 0]);
    expect(stack.lines.join()).not.toContain('short-and-secret');
  });
});
