import { runs } from '../meeting/seats.ts';
import { idOf, type WebhookEvent, type WebhookType } from './event.ts';

/** A webhook before it is addressed: its id, and the exact text that is signed and sent. */
export interface WebhookMessage {
  /** Becomes the header `webhook-id`. */
  id: string;
  type: WebhookType;
  body: string;
}

/** The most people in one message: some 20 KB. */
export const MOST_PEOPLE = 100;

/**
 * The messages for the events of one batch, in the order of the events. Arrivals of one name in one batch become messages of up
 * to a hundred people, and so do departures. So ten thousand people who join within a minute make a few hundred messages. Every
 * other event is a message of its own.
 */
export function messagesOf(events: readonly WebhookEvent[]): WebhookMessage[] {
  const groups = new Map<string, WebhookEvent[]>();
  for (const event of events) {
    const key = isAboutPeople(event.type) ? JSON.stringify([event.type, event.externalMeetingId]) : event.id;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()].flatMap((group) =>
    isAboutPeople((group[0] as WebhookEvent).type)
      ? runs(group, MOST_PEOPLE).map(together)
      : group.map(alone),
  );
}

const isAboutPeople = (type: WebhookType) => type === 'participant.joined' || type === 'participant.left';

/** The members are those of Standard Webhooks, and two more: https://www.standardwebhooks.com */
function bodyOf(
  { type, occurredAt, sequence, externalMeetingId }: Omit<WebhookEvent, 'id' | 'data'>,
  data: object,
): string {
  return JSON.stringify({
    type,
    timestamp: occurredAt,
    occurredAt,
    sequence,
    data: { externalMeetingId, ...data },
  });
}

const alone = (event: WebhookEvent): WebhookMessage => ({
  id: event.id,
  type: event.type,
  body: bodyOf(event, event.data),
});

/** One message about several people. It has the time of the first of them, and the largest sequence. */
function together(events: WebhookEvent[]): WebhookMessage {
  const { type, externalMeetingId } = events[0] as WebhookEvent;
  const occurredAt = events.map((event) => event.occurredAt).sort()[0] as string;
  const sequence = events.map((event) => event.sequence).reduce(larger);
  const participants = events.map((event) => ({
    id: event.id,
    occurredAt: event.occurredAt,
    sequence: event.sequence,
    ...event.data,
  }));
  return {
    id: idOf(events.map(({ id }) => id)),
    type,
    body: bodyOf({ type, occurredAt, sequence, externalMeetingId }, { participants }),
  };
}

/** The larger of two decimal numbers of any length. */
const larger = (one: string, other: string) =>
  one.length > other.length || (one.length === other.length && one >= other) ? one : other;
