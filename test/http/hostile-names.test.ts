import { EXTERNAL_ID } from '../../lib/domain/access/external-id.ts';
import type { TestWorld } from '../support/local-world.ts';
import { person, refusalOf } from '../support/people.ts';
import { startStage } from '../support/stage/facts.ts';

/** The special characters of keys, conditions, patterns and JSON, as far as Chime allows them in a name. */
const NAMES = [
  'a#0',
  'a#1#0',
  ':me',
  '#status',
  'stage, :me) OR (:me = :me',
  'attribute_exists(pk)',
  '":[{},{}]"',
  "' OR '1'='1",
  'TOPOLOGY',
  'seat-0000',
  '__proto__',
  'constructor',
  '...',
  '..:a',
  '\t\n',
];

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

describe('names with special characters', () => {
  it('are names that Chime accepts', () => {
    expect(NAMES.filter((name) => !EXTERNAL_ID.test(name))).toEqual([]);
  });

  it('identify separate people: each gets one seat, and a ban affects no other', async () => {
    const hall = 'hostile';
    const host = person(hall, 'the-host', { role: 'host' });
    await host.seat();
    const people = NAMES.map((name) => person(hall, name));
    const seats = await Promise.all(people.map((one) => one.seat()));
    expect(new Set(seats.map(({ Attendee }) => Attendee.AttendeeId)).size).toBe(NAMES.length);
    await host.remove(':me', { ban: true });
    const banned = await Promise.all(
      people.map((one) =>
        one.join().then(
          () => 'in',
          () => 'out',
        ),
      ),
    );
    expect(NAMES.filter((_, index) => banned[index] === 'out')).toEqual([':me']);
    const { attendees } = (await host.list({ limit: 100 })).body as {
      attendees: { externalUserId: string }[];
    };
    const listed = attendees.map(({ externalUserId }) => externalUserId).sort();
    expect(listed).toEqual(['the-host', ...NAMES.filter((name) => name !== ':me')].sort());
  });

  it('identify separate meetings: an end, a hand or a promotion in one does not affect another', async () => {
    for (const name of NAMES) {
      await person(name, 'the-host', { role: 'host' }).seat();
      await person(name, 'vic').seat();
      await person(name, 'vic').raise();
    }
    await person('a#1#0', 'the-host', { role: 'host' }).promote('vic');
    expect(await refusalOf(person('a#0', 'vic').promotion())).toBe('NOT_PROMOTED');
    await person('a#1#0', 'the-host', { role: 'host' }).end();
    for (const name of NAMES.filter((one) => one !== 'a#1#0')) {
      const { hands } = (await person(name, 'the-host', { role: 'host' }).hands()).body as {
        hands: object[];
      };
      expect([name, hands.length]).toEqual([name, 1]);
    }
  });
});
