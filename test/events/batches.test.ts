import { type EventFlow, eventQueue } from '../../lib/events.ts';
import { context, stillWorld } from '../http/support.ts';
import { batchOf, eventOf, notificationOf } from './support.ts';

const about = { externalMeetingId: 'hall', meetingId: 'm1', attendeeId: 'a1', externalUserId: 'ada' };
const joined = eventOf('AttendeeJoined', 1000, about);
const inSns = (message: object) => ({
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:us-east-1:111122223333:events',
  Message: JSON.stringify(message),
});

/** Hands messages to the shell. Gives the failed ones, the applied events, and the log. */
async function take(
  bodies: string[],
  { fold, LOG_LEVEL = 'info' }: { fold?: EventFlow; LOG_LEVEL?: string } = {},
) {
  const deps = stillWorld({ LOG_LEVEL });
  const applied: unknown[] = [];
  const record: EventFlow = async (event) => {
    applied.push(event);
    return 'applied';
  };
  const { batchItemFailures } = await eventQueue(fold ?? record, deps)(batchOf(bodies), context);
  return {
    failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    applied,
    lines: deps.lines,
  };
}

describe('an event of Chime', () => {
  it.each([
    ['as EventBridge carries it', joined],
    ['as Chime’s own notification', notificationOf(joined)],
    ['through a topic', inSns(joined)],
    ['as Chime’s own notification through a topic', inSns(notificationOf(joined))],
  ])('is applied in the form %s', async (_, message) => {
    expect(await take([JSON.stringify(message)])).toMatchObject({ failed: [], applied: [joined.detail] });
  });
});

describe('an event of Chime about something else than meetings', () => {
  it.each([
    ['plainly', { ...joined, 'detail-type': 'Chime Media Pipeline State Change', detail: {} }],
    ['through a topic', inSns({ ...joined, 'detail-type': 'Chime VoiceConnector Streaming Status' })],
  ])('is ignored in the form %s', async (_, message) => {
    expect(await take([JSON.stringify(message)])).toMatchObject({ failed: [], applied: [] });
  });
});

describe('a message that is no event of Chime', () => {
  const without = (name: 'eventType' | 'meetingId' | 'timestamp') => {
    const { [name]: _, ...detail } = joined.detail;
    return JSON.stringify({ ...joined, detail });
  };

  it.each([
    ['not JSON', 'hello'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['from elsewhere', JSON.stringify({ ...joined, source: 'my.app', 'detail-type': 'Order' })],
    ['of no type', without('eventType')],
    ['of no meeting', without('meetingId')],
    ['of no time', without('timestamp')],
    ['at a time in words', JSON.stringify({ ...joined, detail: { ...joined.detail, timestamp: 'noon' } })],
    ['in a topic’s envelope, and not JSON', JSON.stringify({ ...inSns({}), Message: 'hello' })],
    ['a topic’s own word', JSON.stringify({ ...inSns({}), Type: 'SubscriptionConfirmation' })],
  ])('fails: %s', async (_, body) => {
    expect(await take([body])).toMatchObject({ failed: ['0'], applied: [] });
  });

  it('does not stop the other nine of its batch', async () => {
    const bodies = Array.from({ length: 10 }, (_, n) => (n === 5 ? '{' : JSON.stringify(joined)));
    const { failed, applied } = await take(bodies);
    expect([failed, applied.length]).toEqual([['5'], 9]);
  });
});

describe('an event that cannot be applied', () => {
  const fold: EventFlow = async ({ timestamp }) => {
    if (timestamp === 1000) throw new Error('the table is away');
    return 'ignored';
  };
  const later = JSON.stringify(eventOf('AttendeeLeft', 2000, about));

  it('makes that message return, and no other', async () => {
    expect(await take([JSON.stringify(joined), later], { fold })).toMatchObject({ failed: ['0'] });
  });

  it('makes all messages return when every message of a batch fails', async () => {
    const all = [JSON.stringify(joined), JSON.stringify(joined)];
    expect(await take(all, { fold })).toMatchObject({ failed: ['0', '1'] });
  });
});

describe('the log of a batch', () => {
  it('counts the results of its messages, and explains the failures', async () => {
    const ignored = JSON.stringify({ ...joined, 'detail-type': 'Chime Media Pipeline State Change' });
    const { lines } = await take(['{', JSON.stringify(joined), JSON.stringify(joined), ignored]);
    const { requestId } = { requestId: context.awsRequestId };
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'error',
        requestId,
        messageId: '0',
        error: expect.objectContaining({ name: 'SyntaxError' }),
      }),
      { level: 'info', status: 200, requestId, events: 4, applied: 2, ignored: 1, failed: 1, durationMs: 0 },
    ]);
  });

  it('lists failures only, at log level error', async () => {
    const { lines } = await take(['{', JSON.stringify(joined)], { LOG_LEVEL: 'error' });
    expect(lines).toMatchObject([{ level: 'error', messageId: '0' }]);
  });
});
