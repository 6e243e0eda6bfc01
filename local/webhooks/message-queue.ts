import { createHash, randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { LOCAL_REGION } from '../environment.ts';

interface Message {
  id: string;
  body: string;
  receives: number;
  /** When it can be received (milliseconds, by the queue's clock). */
  visibleAt: number;
  /** Of the latest receive. */
  receiptHandle?: string;
}

/** The time of a queue; tests give one that runs faster. */
export interface QueueClock {
  now: () => number;
  /** Calls back after this many milliseconds of this clock. Returns what cancels it. */
  after: (ms: number, call: () => void) => () => void;
}

export const REAL_CLOCK: QueueClock = {
  now: Date.now,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** What the template says of the queue. */
export interface QueueSettings {
  maxReceives: number;
  /** How long a received message is hidden, unless its receiver says otherwise (seconds). */
  visibilityS: number;
}

export type MessageQueue = ReturnType<typeof createMessageQueue>;

const BATCH_SIZE = 10;
const MOST_CONCURRENT = 10;

/**
 * A queue as SQS keeps it, with its dead letters and the function behind it: at least once, hidden while it is received, for longer
 * if the receiver says so.
 */
export function createMessageQueue(
  { maxReceives, visibilityS }: QueueSettings,
  invoke: (batch: SQSEvent) => Promise<SQSBatchResponse>,
  clock: QueueClock = REAL_CLOCK,
) {
  const live = new Map<string, Message>();
  const dead: Message[] = [];
  let running = 0;
  let cancel: (() => void) | undefined;
  let isClosed = false;

  /** Starts as many batches as may run, and looks again when the next message becomes visible. */
  function work() {
    cancel?.();
    cancel = undefined;
    while (!isClosed && running < MOST_CONCURRENT) {
      const batch = [...live.values()]
        .filter(({ visibleAt }) => visibleAt <= clock.now())
        .slice(0, BATCH_SIZE);
      if (batch.length === 0) break;
      running += 1;
      void deliver(batch.map(receive)).finally(() => {
        running -= 1;
        work();
      });
    }
    const next = Math.min(...[...live.values()].map(({ visibleAt }) => visibleAt));
    if (!isClosed && running < MOST_CONCURRENT && Number.isFinite(next))
      cancel = clock.after(Math.max(1, next - clock.now()), work);
  }

  function receive(message: Message): SQSRecord {
    message.receives += 1;
    message.receiptHandle = randomUUID();
    message.visibleAt = clock.now() + visibilityS * 1000;
    return recordOf(message, message.receiptHandle);
  }

  async function deliver(Records: SQSRecord[]): Promise<void> {
    const failed = await invoke({ Records }).then(
      ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
      () => new Set(Records.map(({ messageId }) => messageId)),
    );
    for (const { messageId, receiptHandle } of Records) {
      const message = live.get(messageId);
      if (message?.receiptHandle !== receiptHandle) continue;
      if (failed.has(messageId) && message.receives < maxReceives) continue;
      live.delete(messageId);
      if (failed.has(messageId)) dead.push(message);
    }
  }

  return {
    send: (body: string): string => {
      const id = randomUUID();
      live.set(id, { id, body, receives: 0, visibleAt: clock.now() });
      work();
      return id;
    },
    /** Hides a message from now on for this long. False for a receipt that is not of its latest receive. */
    hide: (receiptHandle: string, seconds: number): boolean => {
      const message = [...live.values()].find((each) => each.receiptHandle === receiptHandle);
      if (message) message.visibleAt = clock.now() + seconds * 1000;
      return message !== undefined;
    },
    /** Returns the dead letters to the queue, as new messages. */
    revive: (): number => {
      const revived = dead.splice(0);
      for (const { id, body } of revived) live.set(id, { id, body, receives: 0, visibleAt: clock.now() });
      work();
      return revived.length;
    },
    /** Whether no message is being delivered, or could be now. */
    isIdle: () => running === 0 && [...live.values()].every(({ visibleAt }) => visibleAt > clock.now()),
    waiting: () => live.size,
    dead: () => dead.length,
    close: () => {
      isClosed = true;
      cancel?.();
    },
  };
}

export const md5Of = (text: string): string => createHash('md5').update(text).digest('hex');

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf({ id, body, receives }: Message, receiptHandle: string): SQSRecord {
  const sent = String(Date.now());
  return {
    messageId: id,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: sent,
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: sent,
    },
    messageAttributes: {},
    md5OfBody: md5Of(body),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${LOCAL_REGION}:000000000000:webhooks`,
    awsRegion: LOCAL_REGION,
  };
}
