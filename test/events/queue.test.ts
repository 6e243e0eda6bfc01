import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { type Queue, startQueue } from '../../local/queue.ts';
import { until } from '../../local/until.ts';

const queues: Queue[] = [];
afterEach(() => {
  for (const queue of queues.splice(0)) queue.close();
});

/** A queue before a function that fails some messages, and a record of all deliveries. */
function queueTo(fails: (record: SQSRecord) => boolean = () => false) {
  const batches: SQSRecord[][] = [];
  const dead: string[] = [];
  const invoke = async ({ Records }: SQSEvent) => {
    batches.push(Records);
    const failed = Records.filter(fails);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  const bury = ({ body }: SQSRecord) => void dead.push(body);
  const queue = startQueue({ invoke, bury, maxReceives: 3, windowMs: 1, retryAfterMs: 1 });
  queues.push(queue);
  const taken = () => batches.flat().map(({ body }) => body);
  return { queue, batches, dead, taken };
}

const bodies = (many: number) => Array.from({ length: many }, (_, n) => `message-${n}`);

describe('the local queue', () => {
  it('delivers messages in batches of ten at most, each message once', async () => {
    const { queue, batches, taken } = queueTo();
    for (const body of bodies(25)) queue.send(body);
    await until(() => taken().length === 25);
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
    expect(taken()).toEqual(bodies(25));
  });

  it('delivers them in Lambda’s format', async () => {
    const { queue, batches } = queueTo();
    queue.send('hello');
    await until(() => batches.length === 1);
    expect(batches[0]).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.stringMatching(/./),
        body: 'hello',
        attributes: expect.objectContaining({ ApproximateReceiveCount: '1' }),
        messageAttributes: {},
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        eventSource: 'aws:sqs',
        eventSourceARN: expect.stringMatching(/^arn:aws:sqs:/),
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it('redelivers a whole batch where the function’s answer has an unknown shape', async () => {
    const seen: string[] = [];
    const invoke = async ({ Records }: SQSEvent) => {
      seen.push(...Records.map(({ body }) => body));
      return { batchItemFailures: seen.length === 1 ? undefined : [] } as never;
    };
    const queue = startQueue({ invoke, bury: () => {}, maxReceives: 3, windowMs: 1, retryAfterMs: 1 });
    queues.push(queue);
    queue.send('hello');
    await until(() => seen.length === 2);
    expect(seen).toEqual(['hello', 'hello']);
  });

  it('redelivers only failed messages', async () => {
    const once = new Set(['message-1']);
    const { queue, taken, dead } = queueTo(({ body }) => once.delete(body));
    for (const body of bodies(3)) queue.send(body);
    await until(() => taken().length === 4);
    expect([taken(), dead]).toEqual([[...bodies(3), 'message-1'], []]);
  });

  it('drops a message that always fails, and goes on', async () => {
    const { queue, batches, taken, dead } = queueTo(({ body }) => body === 'bad');
    queue.send('bad');
    await until(() => dead.length === 1);
    expect(batches.flat().map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual([
      '1',
      '2',
      '3',
    ]);
    queue.send('good');
    await until(() => taken().includes('good'));
    expect([dead, taken()]).toEqual([['bad'], ['bad', 'bad', 'bad', 'good']]);
  });

  it('redelivers a whole batch when the function throws', async () => {
    let throws = 2;
    const { queue, taken } = queueTo(() => {
      if (throws-- > 0) throw new Error('not up yet');
      return false;
    });
    queue.send('hello');
    await until(() => taken().length === 3);
    expect(taken()).toEqual(['hello', 'hello', 'hello']);
  });

  it('delivers nothing once it is closed', async () => {
    const [one, other] = [queueTo(), queueTo()];
    one.queue.send('hello');
    one.queue.close();
    other.queue.send('hello');
    await until(() => other.taken().length === 1);
    expect(one.taken()).toEqual([]);
  });
});
