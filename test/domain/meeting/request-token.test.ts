import fc from 'fast-check';
import { requestToken } from '../../../lib/domain/meeting/request-token.ts';

const anyLife = fc.record({ externalMeetingId: fc.string(), incarnation: fc.string(), epoch: fc.nat() });
const anyMeeting = fc.oneof(
  fc.constant('primary' as const),
  fc.record({ ordinal: fc.nat(), mediaRegion: fc.string() }),
);

describe('the request token of a meeting', () => {
  it('has 2 to 64 of the characters that Chime accepts', () => {
    fc.assert(
      fc.property(anyLife, anyMeeting, (life, meeting) => {
        expect(requestToken(life, meeting)).toMatch(/^[-_a-zA-Z0-9]{43}$/);
      }),
    );
  });

  it('is the same for the same meeting of the same incarnation', () => {
    fc.assert(
      fc.property(anyLife, anyMeeting, (life, meeting) => {
        expect(requestToken({ ...life }, structuredClone(meeting))).toBe(requestToken(life, meeting));
      }),
    );
  });

  it('differs for another meeting and for another incarnation', () => {
    fc.assert(
      fc.property(fc.tuple(anyLife, anyMeeting), fc.tuple(anyLife, anyMeeting), (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(requestToken(...one)).not.toBe(requestToken(...other));
      }),
    );
  });

  it.each([
    ['name', { externalMeetingId: 'other' }, {}],
    ['incarnation', { incarnation: 'second' }, {}],
    ['epoch', { epoch: 2 }, {}],
    ['ordinal', {}, { ordinal: 1 }],
    ['media region', {}, { mediaRegion: 'eu-west-1' }],
  ])('changes with the %s', (_, life, meeting) => {
    const first = { externalMeetingId: 'hall', incarnation: 'first', epoch: 1 };
    const replica = { ordinal: 0, mediaRegion: 'us-east-1' };
    expect(requestToken({ ...first, ...life }, { ...replica, ...meeting })).not.toBe(
      requestToken(first, replica),
    );
  });

  it('differs between the primary and a replica', () => {
    const life = { externalMeetingId: 'hall', incarnation: 'first', epoch: 1 };
    expect(requestToken(life, 'primary')).not.toBe(requestToken(life, { ordinal: 0, mediaRegion: '' }));
  });
});
