import type { DynamoDBStreamEvent } from 'aws-lambda';
import { runRequest } from '../deadline.ts';
import type { StreamRecord } from '../domain/webhooks/image.ts';
import type { EventDeps } from '../events.ts';
import { deadlineOf, deployed } from '../http.ts';
import { isWanted, logLine } from '../log.ts';
import { measure, writeMetrics } from '../metrics.ts';

/** A flow that takes a batch of changes, and reports those that it cannot understand. */
type StreamFlow = (
  records: readonly StreamRecord[],
  unreadable: (record: StreamRecord, error: unknown) => void,
) => Promise<object>;

/** A Lambda function behind a DynamoDB stream. */
export type StreamHandler = (event: DynamoDBStreamEvent, context?: unknown) => Promise<void>;

/**
 * A handler for the stream of the table. A batch is taken as a whole: if the flow throws, the stream gives the whole batch again.
 * A part of it would make other messages than before.
 */
export function onStream(flow: StreamFlow, deps: EventDeps = deployed): StreamHandler {
  return (batch, context) => runRequest(deadlineOf(context, deps), () => handled(batch, context));

  async function handled({ Records }: DynamoDBStreamEvent, context: unknown): Promise<void> {
    const startedAt = deps.now();
    const { logLevel } = deps.settings();
    const { awsRequestId: requestId = 'unknown' } = (context ?? {}) as { awsRequestId?: string };
    const unreadable = ({ dynamodb }: StreamRecord, error: unknown) => {
      measure('WebhookChangesUnread');
      deps.write(logLine({ status: 500, requestId, sequence: dynamodb?.SequenceNumber }, error));
    };
    try {
      const published = await flow(Records as StreamRecord[], unreadable);
      const line = { status: 200, requestId, changes: Records.length, ...published };
      if (isWanted(line, logLevel)) deps.write(logLine({ ...line, durationMs: deps.now() - startedAt }));
    } finally {
      writeMetrics(deps);
    }
  }
}
