import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inContainer } from '../container.ts';
import { guarded } from '../deadline.ts';
import type { WebhookMessage } from '../domain/webhooks/messages.ts';
import { requestsOf } from '../domain/webhooks/requests.ts';
import { settings } from '../settings.ts';
import { clientOptions } from './client-options.ts';

/** A webhook on its way to one endpoint: the content of a message of the queue. */
export interface Addressed extends WebhookMessage {
  url: string;
}

const sqs = inContainer('clients', () => {
  const made = new SQSClient(clientOptions());
  guarded(made.config.requestHandler);
  return made;
});

const QueueUrl = (): string => {
  const { queueUrl } = settings().webhooks;
  if (!queueUrl) throw new Error('WEBHOOKS_QUEUE_URL is not set');
  return queueUrl;
};

/** Put messages into the queue, up to ten to a request, in their order. Throws if SQS refused any. */
export async function enqueue(messages: readonly Addressed[]): Promise<void> {
  for (const request of requestsOf(messages.map((message) => JSON.stringify(message)))) {
    const Entries = request.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
    const { Failed = [] } = await sqs().send(new SendMessageBatchCommand({ QueueUrl: QueueUrl(), Entries }));
    if (Failed.length > 0) throw new Error(`SQS refused ${Failed.length} messages: ${Failed[0]?.Code}`);
  }
}

/** Hide a received message for this many seconds, after which it is received again. */
export async function postpone(ReceiptHandle: string, VisibilityTimeout: number): Promise<void> {
  await sqs().send(
    new ChangeMessageVisibilityCommand({ QueueUrl: QueueUrl(), ReceiptHandle, VisibilityTimeout }),
  );
}
