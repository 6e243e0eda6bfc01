import { type Joined, Refusal } from '../../client/balcony.ts';
import { type MeetingEvent, type MeetingState, next, START } from '../../client/react/state.ts';

const joined = (role: Joined['role']) => ({ kind: 'joined', joined: { role } as Joined }) as const;
const waiting = { kind: 'waiting', waiting: { reason: 'opening', retryAfterMs: 700 } } as const;
const stopped = (code: 'MeetingEnded' | 'Left' | 'AudioAttendeeRemoved') =>
  ({ kind: 'stopped', code }) as const;
const stateAfter = (...events: MeetingEvent[]): MeetingState => events.reduce(next, START);

describe('the state of a person in a meeting', () => {
  it('is waiting with the reason until there is a seat', () => {
    expect(stateAfter(waiting)).toMatchObject({
      state: 'waiting',
      waiting: { reason: 'opening' },
      isOnStage: false,
    });
    expect(stateAfter(waiting, joined('viewer'))).toMatchObject({ state: 'joined', isOnStage: false });
  });

  it.each(['host', 'presenter'] as const)('is on stage as soon as a %s has joined', (role) => {
    expect(stateAfter(joined(role)).isOnStage).toBe(true);
  });

  it('has the hand down after a promotion, and also after the demotion', () => {
    const promoted = [joined('viewer'), { kind: 'hand', isUp: true }, { kind: 'stage', isOn: true }] as const;
    expect(stateAfter(...promoted)).toMatchObject({ isOnStage: true, isHandUp: false });
    expect(stateAfter(...promoted, { kind: 'stage', isOn: false })).toMatchObject({
      state: 'joined',
      isOnStage: false,
      isHandUp: false,
    });
  });

  it('keeps the hand up through an interruption, the wait and the next seat, but not the stage', () => {
    const events: MeetingEvent[] = [joined('viewer'), { kind: 'hand', isUp: true }, stopped('MeetingEnded')];
    expect(stateAfter(...events)).toEqual({
      state: 'interrupted',
      stopped: 'MeetingEnded',
      isHandUp: true,
      isOnStage: false,
    });
    expect(stateAfter(...events, waiting, joined('viewer'))).toMatchObject({
      state: 'joined',
      isHandUp: true,
    });
    expect(stateAfter(joined('host'), stopped('MeetingEnded')).isOnStage).toBe(false);
  });

  it('ignores a promotion without a seat', () => {
    expect(stateAfter(waiting, { kind: 'stage', isOn: true })).toEqual(stateAfter(waiting));
  });

  it.each(['Left', 'AudioAttendeeRemoved'] as const)('has ended after %s', (code) => {
    expect(stateAfter(joined('host'), { kind: 'hand', isUp: true }, stopped(code))).toEqual({
      ...START,
      state: 'left',
      stopped: code,
    });
  });

  it('tells a refusal of the service from any other error', () => {
    const refusal = new Refusal(403, { code: 'BANNED' });
    expect(stateAfter({ kind: 'failed', error: refusal })).toEqual({ ...START, state: 'refused', refusal });
    const error = new Error('signed out');
    expect(stateAfter({ kind: 'failed', error })).toEqual({ ...START, state: 'failed', error });
  });

  it.each<[string, MeetingEvent]>([
    ['refusal', { kind: 'failed', error: new Refusal(410, { code: 'MEETING_ENDED' }) }],
    ['failure', { kind: 'failed', error: new Error('a bug') }],
    ['departure', stopped('Left')],
  ])('stays after a %s until the person joins once more', (_, end) => {
    const late: MeetingEvent[] = [
      waiting,
      joined('viewer'),
      { kind: 'hand', isUp: true },
      stopped('MeetingEnded'),
    ];
    expect(stateAfter(end, ...late)).toEqual(stateAfter(end));
    expect(stateAfter(end, ...late, { kind: 'begun' })).toEqual(START);
  });
});
