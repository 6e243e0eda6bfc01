import { createHash, randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { LOCAL_REGION } from './environment.ts';

/** The target of a queue's batches, and its timing. */
export interface QueueOptions {
  /** The function behind the queue. It returns the messages to retry. If it throws, all are retried. */
  invoke: (batch: SQSEvent) => Promise<SQSBatchResponse>;
  maxReceives: number;
  /** Receives every message that failed at each of its attempts (dead letter). */
  bury: (record: SQSRecord) => void;
  /** How long a batch may fill. */
  windowMs?: number;
  /** How long a failed message waits for its retry. */
  retryAfterMs?: number;
}

export interface Queue {
  send(body: string): void;
  /** Stops the deliveries. */
  close(): void;
}

interface Message {
  record: SQSRecord;
  visibleAt: number;
}

const BATCH_SIZE = 10;
/** The queue's ARN, for a meeting's NotificationsConfiguration. */
export const QUEUE_ARN = `arn:aws:sqs:${LOCAL_REGION}:000000000000:chime-events`;

/** A queue in this process that invokes a function as SQS and Lambda do: at least once, in batches, with dead letters. */
export function startQueue(options: QueueOptions): Queue {
  const { invoke, maxReceives, bury, windowMs = 100, retryAfterMs = 1000 } = options;
  let waiting: Message[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const schedule = (ms: number) => {
    if (!isClosed) timer ??= setTimeout(work, ms);
  };
  const putBack = (record: SQSRecord) => {
    if (Number(record.attributes.ApproximateReceiveCount) >= maxReceives) bury(record);
    else waiting.push({ record, visibleAt: Date.now() + retryAfterMs });
  };
  async function work() {
    const batch = waiting.filter(({ visibleAt }) => visibleAt <= Date.now()).slice(0, BATCH_SIZE);
    waiting = waiting.filter((message) => !batch.includes(message));
    const records = batch.map(({ record }) => received(record));
    if (records.length > 0) for (const record of await failuresOf(invoke, records)) putBack(record);
    timer = undefined;
    const next = Math.min(...waiting.map(({ visibleAt }) => visibleAt));
    if (waiting.length > 0) schedule(Math.max(0, next - Date.now()));
  }

  return {
    send: (body) => {
      waiting.push({ record: recordOf(body), visibleAt: Date.now() });
      schedule(windowMs);
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

async function failuresOf(invoke: QueueOptions['invoke'], Records: SQSRecord[]): Promise<SQSRecord[]> {
  try {
    const { batchItemFailures } = await invoke({ Records });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return Records.filter(({ messageId }) => failed.has(messageId));
  } catch {
    return Records;
  }
}

function received(record: SQSRecord): SQSRecord {
  const receives = Number(record.attributes.ApproximateReceiveCount) + 1;
  const attributes = { ...record.attributes, ApproximateReceiveCount: String(receives) };
  return { ...record, receiptHandle: randomUUID(), attributes };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf(body: string): SQSRecord {
  const sent = String(Date.now());
  return {
    messageId: randomUUID(),
    receiptHandle: '',
    body,
    attributes: {
      ApproximateReceiveCount: '0',
      SentTimestamp: sent,
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: sent,
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: QUEUE_ARN,
    awsRegion: LOCAL_REGION,
  };
}
