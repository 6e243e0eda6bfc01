import { eventsOf } from '../../domain/webhooks/change.ts';
import type { WebhookEvent } from '../../domain/webhooks/event.ts';
import type { StreamRecord } from '../../domain/webhooks/image.ts';
import { messagesOf } from '../../domain/webhooks/messages.ts';
import { options } from '../../webhooks/options.ts';
import { enqueue } from '../../webhooks/queue.ts';

/** What a batch of changes became. */
export interface Published {
  events: number;
  /** Messages in the queue: one for each message and endpoint. */
  messages: number;
}

/**
 * Derive the events of a batch of changes, and put them into the queue, once for each endpoint. It throws where SQS fails, and the
 * stream gives the batch again: the same batch gives the same messages with the same ids. A change that cannot be understood is
 * reported, and does not stop the others.
 */
export async function publishEvents(
  records: readonly StreamRecord[],
  unreadable: (record: StreamRecord, error: unknown) => void,
): Promise<Published> {
  const { urls, events: wanted } = options();
  const derived = records.flatMap((record): WebhookEvent[] => {
    try {
      return eventsOf(record);
    } catch (error) {
      unreadable(record, error);
      return [];
    }
  });
  const events = derived.filter(({ type }) => wanted.includes(type));
  const messages = messagesOf(events).flatMap((message) => urls.map((url) => ({ ...message, url })));
  await enqueue(messages);
  return { events: events.length, messages: messages.length };
}
