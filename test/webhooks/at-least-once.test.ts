import { until } from '../../local/until.ts';
import { replayDead } from '../../scripts/webhooks-replay/replay.ts';
import { recordOf } from '../domain/webhooks/images.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { KEY, startWebhookStack, type WebhookStack } from './stack.ts';

const EVENTS = 1000;
const linus = { externalUserId: 'linus', role: 'viewer', incarnatedAt: 1, epoch: 1 };
const handOf = (n: number) => ({
  ...linus,
  externalUserId: `viewer-${n}`,
  hand: { incarnation: 'i1', raisedAt: new Date(1_900_000_000_000 + n).toISOString() },
});
/** A thousand hands, each raised in a change of its own. */
const changes = Array.from({ length: EVENTS }, (_, n) =>
  recordOf('PARTICIPANTS#all-hands#1', undefined, handOf(n), n + 1),
);
const batchOf = (records: object[]) => ({ Records: records }) as Parameters<WebhookStack['publish']>[0];
const distinct = (came: { id: string }[]) => new Set(came.map(({ id }) => id)).size;

let receiver: Receiver;
let stack: WebhookStack;
afterEach(async () => {
  await stack.close();
  await receiver.kill().catch(() => {});
});

describe('a receiver that dies amid a thousand events, five times', () => {
  it('gets all of them, none with a wrong signature, and the repeated ones under the same ids', async () => {
    receiver = await startReceiver(KEY);
    stack = await startWebhookStack({ urls: [receiver.url] });
    await stack.publish(batchOf(changes));
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      await stack.skipUntil(() => receiver.came.length >= EVENTS * share);
      await receiver.kill();
      await stack.skipUntil(() => stack.lines.some((line) => line.includes('"outcome":"failed"')));
      stack.lines.length = 0;
      await receiver.restart();
    }
    await stack.skipUntil(() => stack.queue.waiting() === 0);
    expect(receiver.refused()).toBe(0);
    expect(distinct(receiver.came)).toBe(EVENTS);
    expect(new Set(receiver.came.map(({ event }) => event.data.externalUserId)).size).toBe(EVENTS);
    expect(stack.queue.dead()).toBe(0);
  });
});

describe('a publisher that dies after it sent and before it answered', () => {
  it('sends the same messages with the same ids once its batch is repeated', async () => {
    receiver = await startReceiver(KEY);
    stack = await startWebhookStack({ urls: [receiver.url] });
    const batch = batchOf(changes.slice(0, 20));
    await stack.publish(batch);
    await until(() => receiver.came.length === 20);
    await stack.publish(batch);
    await until(() => receiver.came.length === 40 && stack.queue.waiting() === 0);
    expect(distinct(receiver.came)).toBe(20);
    const bodies = new Set(receiver.came.map(({ id, event }) => JSON.stringify([id, event])));
    expect(bodies.size).toBe(20);
  });

  it('fails when SQS does, so that the stream gives the batch again', async () => {
    receiver = await startReceiver(KEY);
    stack = await startWebhookStack({
      urls: [receiver.url],
      environment: {
        WEBHOOKS_QUEUE_URL: 'http://127.0.0.1:1/0/none',
        AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      },
    });
    await expect(stack.publish(batchOf(changes.slice(0, 2)))).rejects.toThrow();
  });
});

describe('an endpoint that fails for a day', () => {
  it('is sent each event nineteen times, then the webhook is dead, and a replay sends it again with its id and a new signature', async () => {
    let isBroken = true;
    receiver = await startReceiver(KEY, () => (isBroken ? 500 : 204));
    stack = await startWebhookStack({ urls: [receiver.url] });
    await stack.publish(batchOf(changes.slice(0, 1)));
    const from = stack.now();
    await stack.skipUntil(() => stack.queue.dead() === 1);
    const hours = (stack.now() - from) / 3_600_000;
    expect([hours > 17, hours < 31]).toEqual([true, true]);
    expect(receiver.came).toHaveLength(19);
    isBroken = false;
    expect(await replayDead('balcony-local', 'us-east-1')).toBe(1);
    expect(await replayDead('balcony-local', 'us-east-1')).toBe(0);
    await until(() => stack.queue.waiting() === 0);
    expect(receiver.came).toHaveLength(20);
    expect(distinct(receiver.came)).toBe(1);
    expect(receiver.refused()).toBe(0);
  });
});
