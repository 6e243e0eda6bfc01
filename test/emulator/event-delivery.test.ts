import { handle } from '../../emulator/handle.ts';
import type { Request } from '../../emulator/messages.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import type { Delivery } from '../../emulator/state/deliveries.ts';
import { createState } from '../../emulator/state/state.ts';
import fc from '../support/random/property.ts';

const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/chime/aws4_request';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:events';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:events';

/** Digits as good as any, and the same in every run with one seed. */
function seededHex(seed: number) {
  let at = seed;
  const next = () => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return (at >>> 28).toString(16);
  };
  return (digits: number) => Array.from({ length: digits }, next).join('');
}

/** A Chime in its own time and chance, and everything that it delivers. */
function listenTo(options: Partial<EmulatorOptions> = {}, seed = 7) {
  let now = Date.parse('2026-01-01T12:00:00.250Z');
  const state = createState({ burst: 1000, ...options }, { now: () => now, hex: seededHex(seed) });
  const heard: Delivery[] = [];
  state.onEvent((delivery) => heard.push(delivery));
  const post = (path: string, body: object) => {
    const request: Request = {
      method: 'POST',
      path,
      query: {},
      headers: { authorization },
      body: JSON.stringify(body),
    };
    return JSON.parse(handle(state, request).body || '{}');
  };
  const pass = (ms: number) => {
    now += ms;
    handle(state, { method: 'GET', path: '/_emulator/options', query: {}, headers: {}, body: '' });
  };
  const numbers = () => heard.map(({ sequence }) => sequence);
  return { state, heard, numbers, post, pass };
}

type Chime = ReturnType<typeof listenTo>;

function open({ post }: Chime, NotificationsConfiguration?: object): string {
  return post('/meetings', {
    ClientRequestToken: 'token',
    MediaRegion: 'us-east-1',
    ExternalMeetingId: 'town-hall',
    NotificationsConfiguration,
  }).Meeting.MeetingId;
}

/** A meeting, and so many people who are let in a millisecond apart: one event each, and one of the start. */
function crowd(chime: Chime, many: number): Chime {
  const MeetingId = open(chime);
  for (let n = 0; n < many; n++) {
    chime.pass(1);
    chime.post(`/meetings/${MeetingId}/attendees`, { ExternalUserId: `viewer-${n}` });
  }
  return chime;
}

const logOf = ({ state }: Chime) => state.events.since(0).map(({ sequence }) => sequence);
const upTo = (many: number) => Array.from({ length: many }, (_, n) => n + 1);

describe('events without delivery faults', () => {
  it('are delivered once, in order, when they happen', () => {
    expect(crowd(listenTo(), 20).numbers()).toEqual(upTo(21));
  });

  it('are delivered in the shape that EventBridge gives them', () => {
    const chime = listenTo();
    open(chime);
    expect(chime.heard).toMatchObject([
      {
        via: 'EventBridge',
        event: { id: expect.any(String), resources: [], time: '2026-01-01T12:00:00Z', source: 'aws.chime' },
      },
    ]);
  });
});

describe('a meeting with its own queue and topic', () => {
  it('sends each event to the queue and the topic too, in the form of a notification', () => {
    const chime = listenTo();
    open(chime, { SqsQueueArn: QUEUE, SnsTopicArn: TOPIC });
    const [, queued, published] = chime.heard;
    const { id: _, resources: __, ...content } = chime.state.events.since(0)[0]?.event ?? {};
    const event = { ...content, time: '2026-01-01T12:00:00.250Z' };
    expect([queued, published]).toEqual([
      { sequence: 1, via: 'SQS', arn: QUEUE, event },
      { sequence: 1, via: 'SNS', arn: TOPIC, event },
    ]);
  });

  it('logs each event once, however many targets receive it', () => {
    const chime = listenTo();
    open(chime, { SqsQueueArn: QUEUE });
    expect([chime.heard.length, logOf(chime)]).toEqual([2, [1]]);
  });
});

describe('events with eventLoss', () => {
  it('are lost in about the given share, and the log still has all of them', () => {
    const chime = crowd(listenTo({ eventLoss: 0.3 }), 200);
    expect(chime.heard.length).toBeGreaterThan(110);
    expect(chime.heard.length).toBeLessThan(170);
    expect(logOf(chime)).toEqual(upTo(201));
  });

  it('are all lost where the share is 1', () => {
    expect(crowd(listenTo({ eventLoss: 1 }), 20).heard).toEqual([]);
  });

  it('are lost independently for each target', () => {
    const ways = upTo(20).map((seed) => {
      const chime = listenTo({ eventLoss: 0.5 }, seed);
      open(chime, { SqsQueueArn: QUEUE });
      return chime.heard.map(({ via }) => via).join();
    });
    expect(new Set(ways)).toEqual(new Set(['', 'EventBridge', 'SQS', 'EventBridge,SQS']));
  });
});

describe('events with eventDuplication', () => {
  it('are delivered twice, and the log has them once', () => {
    const chime = crowd(listenTo({ eventDuplication: 1 }), 3);
    expect(chime.numbers()).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect(logOf(chime)).toEqual(upTo(4));
  });
});

describe('events with eventReordering', () => {
  it('overtake each other, and none is lost', () => {
    const chime = crowd(listenTo({ eventReordering: 50 }), 50);
    chime.pass(50);
    expect(chime.numbers()).not.toEqual(upTo(51));
    expect(chime.numbers().toSorted((a, b) => a - b)).toEqual(upTo(51));
    expect(logOf(chime)).toEqual(upTo(51));
  });

  it('are at most as late as the option allows', () => {
    const late = upTo(50).flatMap((seed) => {
      const chime = crowd(listenTo({ eventReordering: 3 }, seed), 1);
      chime.pass(3);
      return chime.state.deliveries.late;
    });
    expect(late).toEqual([]);
  });

  it('are discarded by a reset while they are on their way', () => {
    const chime = crowd(listenTo({ eventReordering: 10_000 }), 20);
    const before = chime.heard.length;
    chime.state.reset();
    chime.pass(20_000);
    expect(chime.heard.length).toBe(before);
  });
});

describe('random delivery faults', () => {
  it('are the same in every run with the same random digits', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const options = fc.record({ eventLoss: share, eventDuplication: share, eventReordering: fc.nat(50) });
    fc.assert(
      fc.property(options, fc.nat(), (bad, seed) => {
        expect(crowd(listenTo(bad, seed), 10).heard).toEqual(crowd(listenTo(bad, seed), 10).heard);
      }),
      { numRuns: 20 },
    );
  });
});
