import { clientEventsBody } from '../../lib/contract/requests/client-events.ts';

const takes = (...events: unknown[]) => clientEventsBody.safeParse({ sessionId: 's', events }).success;

describe('a report of client events', () => {
  it.each([
    ['times', { timeToFirstAudioMs: 0, timeToFirstVideoMs: 600_000 }],
    ['counts', { reconnects: 100, drops: 1 }],
    ['a status code of the Chime client', { failure: 'TaskFailed' }],
  ])('may contain %s', (_, event) => expect(takes(event)).toBe(true));

  it.each([
    ['an event without a member', {}],
    ['a time below zero', { timeToFirstAudioMs: -1 }],
    ['a time above ten minutes', { timeToFirstAudioMs: 600_001 }],
    ['a broken number', { timeToFirstVideoMs: 1.5 }],
    ['a number as text', { reconnects: '1' }],
    ['no reconnect', { reconnects: 0 }],
    ['a hundred and one drops', { drops: 101 }],
    ['free text for a code', { failure: 'It broke, says Linus' }],
    ['the code of a wanted end', { failure: 'Left' }],
    ['a media region of its own', { mediaRegion: 'eu-central-1', drops: 1 }],
  ])('may not contain %s', (_, event) => expect(takes(event)).toBe(false));

  it('has one to twenty events', () => {
    const events = (many: number) => Array.from({ length: many }, () => ({ drops: 1 }));
    expect([0, 1, 20, 21].map((many) => takes(...events(many)))).toEqual([false, true, true, false]);
  });
});
