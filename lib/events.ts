import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ChimeEvent } from './contract/chime-event.ts';
import { runRequest } from './deadline.ts';
import { eventIn } from './events/message.ts';
import { type Deps, deadlineOf, deployed } from './http.ts';
import { isWanted, type Line, logLine } from './log.ts';
import { writeMetrics } from './metrics.ts';

/** A flow that applies one Chime event. */
export type EventFlow = (event: ChimeEvent, now: number) => Promise<'applied' | 'ignored'>;

/** The dependencies of the event handler; tests pass their own. */
export type EventDeps = Pick<Deps, 'now' | 'settings' | 'write'>;

/** A Lambda function behind a queue. It returns the messages of a batch to retry. */
export type QueueHandler = (event: SQSEvent, context?: unknown) => Promise<SQSBatchResponse>;

/**
 * A handler for the queue of Chime events. Messages are independent: one that cannot be parsed or applied is
 * received again, up to the queue's limit, and does not stop the others.
 */
export function eventQueue(flow: EventFlow, deps: EventDeps = deployed): QueueHandler {
  return (batch, context) => runRequest(deadlineOf(context, deps), () => handled(batch, context));

  async function handled(batch: SQSEvent, context: unknown): Promise<SQSBatchResponse> {
    const startedAt = deps.now();
    const counts = { applied: 0, ignored: 0 };
    const handle = async ({ body }: SQSRecord) => {
      const event = eventIn(body);
      counts[event ? await flow(event, deps.now()) : 'ignored'] += 1;
    };
    const processor = new BatchProcessor(EventType.SQS); // holds the state of one batch
    const response = await processPartialResponse(batch, handle, processor, {
      throwOnFullBatchFailure: false,
    });
    const requestId = (context as { awsRequestId?: string } | undefined)?.awsRequestId ?? 'unknown';
    for (const [index, record] of processor.failureMessages.entries())
      complain(deps, { requestId, record: record as SQSRecord, error: processor.errors[index] });
    const failed = response.batchItemFailures.length;
    const durationMs = deps.now() - startedAt;
    say(deps, { status: 200, requestId, events: batch.Records.length, ...counts, failed, durationMs });
    writeMetrics(deps);
    return response;
  }
}

interface Failure {
  requestId: string;
  record: SQSRecord;
  error: unknown;
}

function complain(deps: EventDeps, { requestId, record, error }: Failure): void {
  const { messageId, attributes } = record;
  const receives = Number(attributes?.ApproximateReceiveCount ?? 1);
  say(deps, { status: 500, requestId, messageId, receives }, error);
}

function say(deps: EventDeps, line: Line, error?: unknown): void {
  if (isWanted(line, deps.settings().logLevel)) deps.write(logLine(line, error));
}
