import type { AudioVideoObserver, VideoTileState } from 'amazon-chime-sdk-js';
import { MeetingSessionStatusCode } from 'amazon-chime-sdk-js';
import type { ClientEvent } from '../../client/balcony.ts';
import { type Measuring, measureStay } from '../../client/stay/measure.ts';
import { FAILURES } from '../../lib/domain/client-events/failures.ts';

/** A stay whose clock a test moves. */
function aStay() {
  let at = 0;
  const measuring = measureStay(() => at);
  const pass = (ms: number) => {
    at += ms;
  };
  return { measuring, pass, ...sessionIn(measuring) };
}

/** A session of the Chime client, as far as it is observed. */
function sessionIn(measuring: Measuring) {
  const events: ClientEvent[] = [];
  const observers: AudioVideoObserver[] = [];
  const audioVideo = { addObserver: (observer: AudioVideoObserver) => void observers.push(observer) };
  const stopped = measuring.session(audioVideo, (event) => void events.push(event));
  return {
    events,
    stopped,
    start: () => observers.forEach((one) => void one.audioVideoDidStart?.()),
    connect: (again: boolean) => observers.forEach((one) => void one.audioVideoDidStartConnecting?.(again)),
    tile: (tile: Partial<VideoTileState>) =>
      observers.forEach((one) => void one.videoTileDidUpdate?.(tile as VideoTileState)),
  };
}

/** A video element, before or after its first frame. */
function anElement(readyState = 0) {
  const element = Object.assign(new EventTarget(), { readyState });
  return {
    tile: { localTile: false, boundVideoElement: element as never },
    hasFrame: () => element.dispatchEvent(new Event('loadeddata')),
  };
}

describe('the time to the first sound', () => {
  it('goes from the press of Join to the start of the session, and is told once', () => {
    const stay = aStay();
    stay.pass(900.4);
    stay.start();
    stay.pass(5000);
    stay.start();
    expect(stay.events).toEqual([{ timeToFirstAudioMs: 900 }]);
  });

  it('begins at the end of a wait for the event, and includes a wait for a seat', () => {
    const stay = aStay();
    stay.pass(60_000);
    stay.measuring.waiting({ reason: 'no-presenter', retryAfterMs: 800 });
    stay.pass(800);
    stay.measuring.waiting({ reason: 'opening', retryAfterMs: 500 });
    stay.pass(700);
    stay.start();
    expect(stay.events).toEqual([{ timeToFirstAudioMs: 700 }]);
  });

  it('is that of the second session where the first one never started', () => {
    const stay = aStay();
    stay.pass(1000);
    stay.stopped('SignalingRequestFailed');
    const again = sessionIn(stay.measuring);
    stay.pass(1500);
    again.start();
    expect([stay.events, again.events]).toEqual([
      [{ failure: 'SignalingRequestFailed' }],
      [{ timeToFirstAudioMs: 2500 }],
    ]);
  });

  it('is at most ten minutes', () => {
    const stay = aStay();
    stay.pass(2_000_000);
    stay.start();
    expect(stay.events).toEqual([{ timeToFirstAudioMs: 600_000 }]);
  });
});

describe('the time to the first picture', () => {
  it('goes from the press of Join to the first frame of another person, and is told once', () => {
    const stay = aStay();
    const [one, other] = [anElement(), anElement(2)];
    stay.start();
    stay.tile({ localTile: true, boundVideoElement: anElement(2).tile.boundVideoElement });
    stay.tile({ localTile: false });
    stay.tile(one.tile);
    stay.pass(1300);
    one.hasFrame();
    stay.tile(one.tile);
    stay.tile(other.tile);
    expect(stay.events).toEqual([{ timeToFirstAudioMs: 0 }, { timeToFirstVideoMs: 1300 }]);
  });

  it('is that of an element which has a frame already', () => {
    const stay = aStay();
    stay.pass(700);
    stay.tile(anElement(2).tile);
    expect(stay.events).toEqual([{ timeToFirstVideoMs: 700 }]);
  });

  it('is not told of a camera that is switched on later, nor of a later session', () => {
    const stay = aStay();
    stay.start();
    stay.pass(5001);
    stay.tile(anElement(2).tile);
    stay.stopped('TaskFailed');
    const again = sessionIn(stay.measuring);
    again.start();
    again.tile(anElement(2).tile);
    expect([...stay.events, ...again.events].filter((event) => event.timeToFirstVideoMs)).toEqual([]);
  });
});

describe('a lost connection', () => {
  it('is a reconnect once the Chime client has restored it, however often it tries', () => {
    const stay = aStay();
    stay.connect(false);
    stay.start();
    stay.connect(true);
    stay.connect(true);
    stay.start();
    expect(stay.events).toEqual([{ timeToFirstAudioMs: 0 }, { reconnects: 1 }]);
  });

  it('is no reconnect where the Chime client needs a second attempt to connect at all', () => {
    const stay = aStay();
    stay.connect(false);
    stay.connect(true);
    stay.start();
    expect(stay.events).toEqual([{ timeToFirstAudioMs: 0 }]);
  });

  it('is a drop and a failure where the session stops', () => {
    const stay = aStay();
    stay.start();
    stay.stopped('AudioDisconnected');
    expect(stay.events.slice(1)).toEqual([{ failure: 'AudioDisconnected' }, { drops: 1 }]);
  });

  it('is a drop where the meeting ends at Chime only if the person gets a seat again', () => {
    const stay = aStay();
    stay.start();
    stay.stopped('MeetingEnded');
    expect(stay.events.slice(1)).toEqual([]);
    const again = sessionIn(stay.measuring);
    expect([again.events, sessionIn(stay.measuring).events]).toEqual([[{ drops: 1 }], []]);
  });

  it.each(['Left', 'AudioJoinedFromAnotherDevice', 'AudioAttendeeRemoved'] as const)(
    'is none where the end is wanted: %s',
    (code) => {
      const stay = aStay();
      stay.start();
      stay.stopped(code);
      expect([stay.events.slice(1), sessionIn(stay.measuring).events]).toEqual([[], []]);
    },
  );

  it('has a code that the service knows, whatever the newest Chime client says', () => {
    const codes = Object.keys(MeetingSessionStatusCode).filter((name) => Number.isNaN(Number(name)));
    for (const code of codes) {
      const stay = aStay();
      stay.stopped(code as keyof typeof MeetingSessionStatusCode);
      for (const { failure } of stay.events) expect(FAILURES).toContain(failure);
    }
  });
});
