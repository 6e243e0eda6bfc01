import { requestToken } from '../../../lib/domain/meeting/request-token.ts';
import fc from '../../support/random/property.ts';

const anyLife = fc.record({ externalMeetingId: fc.string(), incarnation: fc.string(), epoch: fc.nat() });
const anyMeeting = fc.oneof(
  fc.constant('primary' as const),
  fc.record({ ordinal: fc.nat(), mediaRegion: fc.string() }),
);

describe('the request token of a meeting', () => {
  it('has the pattern of Chime: 2 to 64 of its characters', () => {
    fc.assert(
      fc.property(anyLife, anyMeeting, (life, meeting) => {
        expect(requestToken(life, meeting)).toMatch(/^[-_a-zA-Z0-9]{2,64}$/);
      }),
    );
  });

  it('is the same for every request that opens the meeting, whatever else its record holds by then', () => {
    const replicas = fc.array(fc.record({ ordinal: fc.nat(), state: fc.constantFrom('claimed', 'open') }));
    const status = fc.constantFrom('scheduled', 'live', 'ended');
    const owner = fc.string();
    const more = fc.record({
      replicas,
      status,
      claim: fc.record({ owner, until: fc.nat(), fence: fc.nat() }),
    });
    fc.assert(
      fc.property(anyLife, anyMeeting, more, more, (life, meeting, early, late) => {
        const { epoch, incarnation, externalMeetingId } = life;
        const first = requestToken(
          { ...early, externalMeetingId, incarnation, epoch },
          withMore(meeting, early),
        );
        const later = requestToken(
          { epoch, incarnation, externalMeetingId, ...late },
          withMore(meeting, late),
        );
        expect(later).toBe(first);
      }),
    );
  });

  it('is another one where the name and the incarnation are divided elsewhere, whatever is between them', () => {
    const between = fc.constantFrom('', ',', '.', '/', '|', '#', ':', '-', ' ', '\n', '","');
    const part = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(part, part, part, between, fc.nat(), anyMeeting, (a, b, c, mark, epoch, meeting) => {
        const early = { externalMeetingId: a, incarnation: `${b}${mark}${c}`, epoch };
        const late = { externalMeetingId: `${a}${mark}${b}`, incarnation: c, epoch };
        expect(requestToken(early, meeting)).not.toBe(requestToken(late, meeting));
      }),
    );
  });

  it('is another one where the incarnation ends with the first digit of the epoch', () => {
    const epoch = fc.integer({ min: 10, max: 10_000 }).filter((n) => String(n)[1] !== '0');
    fc.assert(
      fc.property(anyLife, epoch, anyMeeting, (life, epoch, meeting) => {
        const [first = '', ...rest] = String(epoch);
        const late = { ...life, incarnation: life.incarnation + first, epoch: Number(rest.join('')) };
        expect(requestToken({ ...life, epoch }, meeting)).not.toBe(requestToken(late, meeting));
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

/** The same meeting with other members of its claim, in another order. */
function withMore<More extends object>(
  meeting: 'primary' | { ordinal: number; mediaRegion: string },
  more: More,
) {
  if (meeting === 'primary') return meeting;
  const { ordinal, mediaRegion } = meeting;
  return { ...more, mediaRegion, ordinal };
}
