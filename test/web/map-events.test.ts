import { eventsBetween } from '../../web/map/events.ts';
import { audience, live, replica, report } from './map-reports.ts';

const words = (...looks: Parameters<typeof eventsBetween>) =>
  eventsBetween(...looks).map((event) => event.words);
const loud = (...looks: Parameters<typeof eventsBetween>) =>
  eventsBetween(...looks).flatMap((event) => (event.isLoud ? [event.words] : []));

describe('the events between two reports', () => {
  it('are none where the reports are equal', () => {
    const same = report({ topology: live([replica('eu-west-3')]) });
    expect(words(same, same)).toEqual([]);
  });

  it('report that a primary opened, with a presenter on stage', () => {
    expect(words(report(), report({ topology: live([]) }))).toEqual([
      'The primary opens in Virginia.',
      'One person on stage.',
    ]);
  });

  it('report that a primary died, and that the next epoch began in another region', () => {
    const primary = { meetingId: 'next', mediaRegion: 'eu-west-1' as const, seatsTaken: 1, capacity: 240 };
    const before = report({ topology: live([replica('eu-west-3')]) });
    const after = report({ topology: live([], { epoch: 2, primary }) });
    expect(loud(before, after)).toEqual([
      'Epoch 2 begins: the primary of epoch 1 is dead, and its replicas.',
      'The primary opens in Ireland.',
      'One person on stage.',
    ]);
  });

  it('report several opened replicas together, and not to screen readers', () => {
    const opening = live([replica('eu-west-3', { status: 'opening' })]);
    const one = live([replica('eu-west-3')]);
    const three = live([
      replica('eu-west-3'),
      replica('sa-east-1', { ordinal: 1 }),
      replica('eu-west-2', { ordinal: 2 }),
    ]);
    expect(words(report({ topology: opening }), report({ topology: one }))).toEqual([
      'Replica 0 opens in Paris: 250 seats.',
    ]);
    expect(words(report({ topology: one }), report({ topology: three }))).toEqual([
      '2 replicas open: São Paulo, London.',
    ]);
    expect(loud(report({ topology: one }), report({ topology: three }))).toEqual([]);
  });

  it('report that the last viewer was seated, and that the last one left', () => {
    const coming = report({ audience: audience({ wanted: 1200, seated: 1199, waiting: 1 }) });
    const seated = report({ audience: audience({ wanted: 1200, seated: 1200, meanRttMs: 12 }) });
    const going = report({ audience: audience({ seated: 4, leaving: 4 }) });
    expect(words(coming, seated)).toEqual(['1,200 seated, 12 ms from home on average.']);
    expect(words(going, report())).toEqual(['All viewers have left.']);
  });

  it('report that Chime slows down, fills up, refuses, and recovers', () => {
    const operation = { operation: 'CreateMeeting', left: 0, burst: 2, calls: 9, throttled: 3 };
    const calm = report();
    const busy = report({
      chime: { slow: true, fullMediaRegions: ['eu-west-2'], operations: [operation], callsPerSecond: 1 },
    });
    expect(words(calm, busy)).toEqual([
      'Chime is slow now: one call a second of each kind.',
      'London is full: Chime opens no meeting there.',
      'Chime refused 3 calls (429).',
    ]);
    expect(words(busy, calm)).toEqual([
      'Chime takes ten calls a second of each kind again.',
      'London has room again.',
    ]);
  });

  it('report that the host ended the meeting', () => {
    const { primary: _, ...ended } = live([], { status: 'ended' });
    expect(words(report({ topology: live([]) }), report({ topology: ended }))).toContain(
      'The host ended the meeting.',
    );
  });
});
