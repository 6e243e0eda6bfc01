import { handle } from '../../emulator/handle.ts';
import type { Request } from '../../emulator/messages.ts';
import { createState } from '../../emulator/state/state.ts';

const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/chime/aws4_request';

/** Digits that are the same in every run. */
function countingHex() {
  let drawn = 0;
  return (digits: number) => (drawn++).toString(16).padStart(digits, '0');
}

const post = (path: string, body: object): Request => ({
  method: 'POST',
  path,
  query: {},
  headers: { authorization },
  body: JSON.stringify(body),
});

const create = post('/meetings', {
  ClientRequestToken: 'token',
  MediaRegion: 'us-east-1',
  ExternalMeetingId: 'town-hall',
});

const fault = (more: object) => post('/_emulator/faults', { operation: '*', ...more });

describe('the emulator without HTTP', () => {
  it('answers the same in every run with the same clock and random digits', () => {
    const run = () => {
      const state = createState({}, { now: () => 1_000_000, hex: countingHex() });
      return { reply: handle(state, create), events: state.events.since(0) };
    };
    expect(run()).toEqual(run());
  });

  it('ends meetings by the clock that it is given', () => {
    let now = 0;
    const state = createState({}, { now: () => now });
    const MeetingId = JSON.parse(handle(state, create).body).Meeting.MeetingId;
    const get: Request = { ...create, method: 'GET', path: `/meetings/${MeetingId}`, body: '' };
    now = 299_999;
    expect(handle(state, get).status).toBe(200);
    now = 400_000;
    expect(handle(state, get).status).toBe(404);
    expect(state.meetings.get(MeetingId)?.endedAt).toBe(300_000);
  });

  it('returns delays and drops as values, which the server carries out', () => {
    const state = createState({ latencyMs: 5 });
    expect(handle(state, create)).toMatchObject({ status: 200, delayMs: 5 });
    handle(state, fault({ fault: 'timeout-after', delayMs: 20 }));
    expect(handle(state, create)).toMatchObject({ delayMs: 25, drop: true });
    handle(state, fault({ fault: 'timeout-before', delayMs: 30 }));
    expect(handle(state, create)).toMatchObject({ delayMs: 30, drop: true });
  });

  it('refuses a second use of a token until its response was sent, and no longer', () => {
    let now = 0;
    const state = createState({ createMeetingLatencyMs: 100 }, { now: () => now });
    const statusAt = (instant: number) => {
      now = instant;
      return handle(state, create).status;
    };
    expect([0, 99, 100].map(statusAt)).toEqual([200, 409, 200]);
  });

  it('calls its event listeners when events happen', () => {
    const state = createState();
    const heard: string[] = [];
    const stop = state.onEvent(({ event }) => heard.push(event.detail.eventType));
    handle(state, create);
    stop();
    handle(state, post('/meetings', { ...JSON.parse(create.body), ClientRequestToken: 'other' }));
    expect(heard).toEqual(['chime:MeetingStarted']);
  });
});
