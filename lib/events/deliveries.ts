import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { allSettledOrThrow } from '../all-settled.ts';
import { runRequest } from '../deadline.ts';
import type { QueueHandler } from '../events.ts';
import { type Deps, deadlineOf, deployed } from '../http.ts';
import { isWanted, logLine } from '../log.ts';
import { measure, writeMetrics } from '../metrics.ts';

/** A message of the queue of webhooks. */
interface Message {
  body: string;
  receiptHandle: string;
  receives: number;
}

/** A flow that sends one message. */
type DeliveryFlow = (
  message: Message,
  chance: Pick<Deps, 'now' | 'random'>,
) => Promise<{ outcome: string; error?: unknown }>;

/**
 * A handler for the queue of webhooks. The messages of a batch are sent at once, because a receiver may take seconds. Those that
 * failed are returned, and received again.
 */
export function deliveryQueue(flow: DeliveryFlow, deps: Deps = deployed): QueueHandler {
  return (batch, context) => runRequest(deadlineOf(context, deps), () => handled(batch, context));

  async function handled({ Records }: SQSEvent, context: unknown): Promise<SQSBatchResponse> {
    const { awsRequestId: requestId = 'unknown' } = (context ?? {}) as { awsRequestId?: string };
    const failed = await allSettledOrThrow(Records.map((record) => isFailed(record, requestId)));
    writeMetrics(deps);
    const batchItemFailures = Records.filter((_, n) => failed[n]).map(({ messageId }) => ({
      itemIdentifier: messageId,
    }));
    return { batchItemFailures };
  }

  async function isFailed(record: SQSRecord, requestId: string): Promise<boolean> {
    const { body, receiptHandle, attributes } = record;
    const receives = Number(attributes.ApproximateReceiveCount);
    const startedAt = deps.now();
    try {
      const { error, ...delivered } = await flow({ body, receiptHandle, receives }, deps);
      count(delivered.outcome);
      say({ status: 200, requestId, receives, ...delivered, durationMs: deps.now() - startedAt }, error);
      return delivered.outcome === 'failed';
    } catch (error) {
      measure('WebhooksFailed');
      say({ status: 500, requestId, messageId: record.messageId, receives }, error);
      return true;
    }
  }

  function count(outcome: string): void {
    if (outcome === 'delivered') measure('WebhooksDelivered');
    else if (outcome === 'failed') measure('WebhooksFailed');
    else measure('WebhooksDropped');
  }

  function say(line: { status: number } & Record<string, unknown>, error?: unknown): void {
    if (isWanted(line, deps.settings().logLevel)) deps.write(logLine(line, error));
  }
}
