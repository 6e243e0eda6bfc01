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

/** Hand messages to the shell; answers which failed, what reached the fold, and what was logged. */
async function take(
  bodies: string[],
  { fold, LOG_LEVEL = 'info' }: { fold?: EventFlow; LOG_LEVEL?: string } = {},
) {
  const outside = stillWorld({ LOG_LEVEL });
  const applied: unknown[] = [];
  const record: EventFlow = async (event) => {
    applied.push(event);
    return 'applied';
  };
  const { batchItemFailures } = await eventQueue(fold ?? record, outside)(batchOf(bodies), context);
  return {
    failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    applied,
    lines: outside.lines,
  };
}

describe('an event of Chime’s', () => {
  it.each([
    ['as EventBridge carries it', joined],
    ['as Chime’s own notification', notificationOf(joined)],
    ['through a topic', inSns(joined)],
    ['as Chime’s own notification through a topic', inSns(notificationOf(joined))],
  ])('is applied %s', async (_, message) => {
    expect(await take([JSON.stringify(message)])).toMatchObject({ failed: [], applied: [joined.detail] });
  });
});

describe('what Chime says of something else than meetings', () => {
  it.each([
    ['plainly', { ...joined, 'detail-type': 'Chime Media Pipeline State Change', detail: {} }],
    ['through a topic', inSns({ ...joined, 'detail-type': 'Chime VoiceConnector Streaming Status' })],
  ])('is left alone, said %s', async (_, message) => {
    expect(await take([JSON.stringify(message)])).toMatchObject({ failed: [], applied: [] });
  });
});

describe('a message that is no event of Chime’s', () => {
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

  it('stops none of the nine around it', async () => {
    const bodies = Array.from({ length: 10 }, (_, n) => (n === 5 ? '{' : JSON.stringify(joined)));
    const { failed, applied } = await take(bodies);
    expect([failed, applied.length]).toEqual([['5'], 9]);
  });
});

describe('a fold that fails', () => {
  const fold: EventFlow = async ({ timestamp }) => {
    if (timestamp === 1000) throw new Error('the table is away');
    return 'ignored';
  };
  const later = JSON.stringify(eventOf('AttendeeLeft', 2000, about));

  it('lets that message come again, and no other', async () => {
    expect(await take([JSON.stringify(joined), later], { fold })).toMatchObject({ failed: ['0'] });
  });

  it('over every message of a batch lets them all come again', async () => {
    const all = [JSON.stringify(joined), JSON.stringify(joined)];
    expect(await take(all, { fold })).toMatchObject({ failed: ['0', '1'] });
  });
});

describe('the log of a batch', () => {
  it('counts what became of its messages, and explains those that failed', async () => {
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

  it('tells of failures only, where errors only are wanted', async () => {
    const { lines } = await take(['{', JSON.stringify(joined)], { LOG_LEVEL: 'error' });
    expect(lines).toMatchObject([{ level: 'error', messageId: '0' }]);
  });
});
