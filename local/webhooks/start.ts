import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parse } from 'yaml';
import type { StreamRecord } from '../../lib/domain/webhooks/image.ts';
import { startChangeStream } from './change-stream.ts';
import { createMessageQueue, type QueueClock, type QueueSettings, REAL_CLOCK } from './message-queue.ts';
import { startSqs } from './sqs-server.ts';
import { startStreamFeed } from './stream-feed.ts';

/** The two functions, wherever they run. */
export interface WebhookFunctions {
  publish: (batch: { Records: StreamRecord[] }) => Promise<unknown>;
  deliver: (batch: SQSEvent) => Promise<SQSBatchResponse>;
}

export interface WebhookTiming {
  clock?: QueueClock;
  /** After so many attempts a webhook is dead; as deployed if absent. */
  attempts?: number | undefined;
  /** How long a batch of changes may fill (milliseconds). */
  windowMs?: number;
  /** How long a failed batch of changes waits (milliseconds). */
  retryAfterMs?: number;
}

/** The signing key of a laptop, unless another is given. It is in every copy of this file, and secret nowhere. */
export const LOCAL_SIGNING_KEY = `whsec_${Buffer.from('balcony on this machine, no secret').toString('base64')}`;

/** The stand-ins for the stream and the queue of webhooks. */
export type LocalWebhooks = Awaited<ReturnType<typeof startWebhooks>>;

/** Starts the stand-ins. Handlers that write to `dynamodbUrl` make the changes that become webhooks. */
export async function startWebhooks(
  upstream: string,
  { publish, deliver }: WebhookFunctions,
  { clock = REAL_CLOCK, attempts, ...timing }: WebhookTiming = {},
) {
  const settings = readQueueSettings();
  const maxReceives = attempts ?? settings.maxReceives;
  const queue = createMessageQueue({ ...settings, maxReceives }, deliver, clock);
  const feed = startStreamFeed({ invoke: publish, ...timing });
  const [sqs, changes] = await Promise.all([startSqs(queue), startChangeStream(upstream, feed.push)]);
  return {
    queue,
    dynamodbUrl: changes.url,
    /** For the functions of webhooks. */
    environment: { AWS_ENDPOINT_URL_SQS: new URL(sqs.url).origin, WEBHOOKS_QUEUE_URL: sqs.url },
    close: async () => {
      feed.close();
      queue.close();
      await Promise.all([sqs.close(), changes.close()]);
    },
  };
}

/** Reads the attempts from the deployed template, so that the local ones cannot differ. */
function readQueueSettings(root = process.cwd()): QueueSettings {
  const template = parse(readFileSync(join(root, 'infra/webhooks.yml'), 'utf8'), { logLevel: 'silent' });
  const { VisibilityTimeout, RedrivePolicy } = template.Resources.Webhooks.Properties;
  return { visibilityS: VisibilityTimeout, maxReceives: RedrivePolicy.maxReceiveCount };
}
