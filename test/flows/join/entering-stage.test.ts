import { seatOf } from '../../../simulation/joined-body.ts';
import { invariantViolations } from '../../races/audit.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { LEASE_IS_OVER_MS, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });
const soundly = async (name: string) => expect(await invariantViolations(chime.world, name)).toEqual([]);
const FAULTS = ['throttle', 'error-500', 'timeout-before', 'timeout-after'] as const;
const REPEATS = ['new', 'same'] as const;

async function aStage() {
  const name = uniqueMeetingId();
  await presenter(name, 'ada').seat();
  return name;
}

describe.each(REPEATS)(
  'entering the stage, where Chime answers a repeated name with the %s attendee, survives',
  (repeat) => {
    beforeEach(() => chime.chimeWill({ externalUserIdRepeat: repeat }));

    it.each(FAULTS)('%s: one attendee, the same for good', async (fault) => {
      const name = await aStage();
      chime.strike('CreateAttendee', fault);
      const joined = await chime.persist(presenter(name, 'bob').join);
      expect(seatOf(await presenter(name, 'bob').seat())).toEqual(seatOf(joined));
      expect(namesIn(chime.live(name)[0])).toEqual(['ada', 'bob']);
      await soundly(name);
    });

    it.each(['throttle', 'error-500', 'timeout-before'] as const)(
      'a lost answer, and %s when it looks for what was made',
      async (fault) => {
        const name = await aStage();
        chime.strike('CreateAttendee', 'timeout-after');
        chime.strike('ListAttendees', fault, 3);
        await chime.persist(presenter(name, 'bob').join);
        expect(namesIn(chime.live(name)[0])).toEqual(['ada', 'bob']);
        await soundly(name);
      },
    );

    it.each(FAULTS)('%s while leaving: the place is free, and the attendee gone', async (fault) => {
      const name = await aStage();
      await presenter(name, 'bob').seat();
      chime.strike('DeleteAttendee', fault, 3);
      await presenter(name, 'bob')
        .leave()
        .catch(() => {});
      chime.pass(LEASE_IS_OVER_MS);
      expect((await presenter(name, 'bob').leave()).status).toBe(204);
      expect(namesIn(chime.live(name)[0])).toEqual(['ada']);
      await soundly(name);
    });
  },
);

describe('leaving the stage while Chime is unavailable', () => {
  it('is refused as unavailable until it is done: no 204 while the attendee exists', async () => {
    const name = await aStage();
    await presenter(name, 'bob').seat();
    chime.strike('DeleteAttendee', 'error-500', 3);
    expect(await refusalOf(presenter(name, 'bob').leave())).toBe('UPSTREAM_UNAVAILABLE');
    expect((await presenter(name, 'bob').leave()).status).toBe(204);
    expect(namesIn(chime.live(name)[0])).toEqual(['ada']);
  });
});
