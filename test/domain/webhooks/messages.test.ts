import type { WebhookEvent } from '../../../lib/domain/webhooks/event.ts';
import { MOST_PEOPLE, messagesOf } from '../../../lib/domain/webhooks/messages.ts';
import { requestsOf } from '../../../lib/domain/webhooks/requests.ts';

const event = (n: number, more: Partial<WebhookEvent> = {}): WebhookEvent => ({
  id: `evt_${n}`,
  type: 'participant.joined',
  externalMeetingId: 'all-hands',
  occurredAt: new Date(n * 1000).toISOString(),
  sequence: String(n),
  data: { externalUserId: `viewer-${n}` },
  ...more,
});
const many = (count: number, more?: Partial<WebhookEvent>) =>
  Array.from({ length: count }, (_, n) => event(n, more));
const bodies = (events: WebhookEvent[]) => messagesOf(events).map(({ body }) => JSON.parse(body));

describe('the messages of a batch', () => {
  it('hold the members of Standard Webhooks, the time and the sequence', () => {
    expect(bodies([event(7, { type: 'hand.raised' })])).toEqual([
      {
        type: 'hand.raised',
        timestamp: '1970-01-01T00:00:07.000Z',
        occurredAt: '1970-01-01T00:00:07.000Z',
        sequence: '7',
        data: { externalMeetingId: 'all-hands', externalUserId: 'viewer-7' },
      },
    ]);
  });

  it('put a thousand arrivals of one name into ten messages, in order, each person with an id', () => {
    const all = bodies(many(1000));
    expect(all).toHaveLength(1000 / MOST_PEOPLE);
    const people = all.flatMap(({ data }) => data.participants);
    expect(people.map(({ id }) => id)).toEqual(many(1000).map(({ id }) => id));
    expect(people[3]).toEqual({
      id: 'evt_3',
      occurredAt: '1970-01-01T00:00:03.000Z',
      sequence: '3',
      externalUserId: 'viewer-3',
    });
  });

  it('are two a second for ten thousand people who join within a minute', () => {
    const seconds = Array.from({ length: 60 }, (_, second) =>
      many(10_000 / 60).map(({ data }, n) => event(1000 * second + n, { data })),
    );
    expect(seconds.flatMap(messagesOf)).toHaveLength(120);
  });

  it('keep names and types apart, and every other event by itself', () => {
    const events = [
      ...many(2),
      ...many(2, { externalMeetingId: 'other' }),
      ...many(2, { type: 'participant.left' }),
      event(8, { type: 'hand.raised' }),
      event(9, { type: 'hand.raised' }),
    ];
    expect(messagesOf(events).map(({ type }) => type)).toEqual([
      'participant.joined',
      'participant.joined',
      'participant.left',
      'hand.raised',
      'hand.raised',
    ]);
  });

  it('have the id of their event, or one that depends on all their people', () => {
    expect(messagesOf([event(8, { type: 'hand.raised' })])[0]?.id).toBe('evt_8');
    const [first] = messagesOf(many(3));
    expect(messagesOf(many(3))[0]).toEqual(first);
    expect(messagesOf(many(4))[0]?.id).not.toBe(first?.id);
  });

  it('have the earliest time and the largest sequence of their people, also of numbers with forty digits', () => {
    const large = `9${'0'.repeat(39)}`;
    const [body] = bodies([event(5, { sequence: `1${'0'.repeat(39)}1` }), event(4, { sequence: large })]);
    expect([body.occurredAt, body.sequence]).toEqual(['1970-01-01T00:00:04.000Z', `1${'0'.repeat(39)}1`]);
  });

  it('fit into one message of SQS, with the longest ids and address', () => {
    const externalUserId = 'é'.repeat(64);
    const data = {
      incarnation: 'i'.repeat(36),
      externalUserId,
      role: 'presenter',
      epoch: 999,
      on: 'audience',
      ordinal: 99,
      because: 'dropped',
    };
    const id = `evt_${'x'.repeat(32)}`;
    const people = many(MOST_PEOPLE, {
      id,
      data,
      externalMeetingId: 'é'.repeat(64),
      sequence: '9'.repeat(40),
    });
    const url = 'u'.repeat(1024);
    const [message] = messagesOf(people);
    expect(Buffer.byteLength(JSON.stringify({ ...message, url }))).toBeLessThan(262_144);
  });
});

describe('the requests to SQS', () => {
  it('hold up to ten messages and 240,000 bytes each, in order', () => {
    const small = Array.from({ length: 25 }, (_, n) => String(n));
    expect(requestsOf(small).map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(requestsOf(small).flat()).toEqual(small);
    const large = Array.from({ length: 10 }, () => 'é'.repeat(30_000));
    expect(requestsOf(large).map(({ length }) => length)).toEqual([4, 4, 2]);
    expect(requestsOf([])).toEqual([]);
  });
});
