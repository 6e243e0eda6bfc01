import { settings } from '../../../lib/settings.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';
import { deleteExpired, SUBSETS } from './expiring.ts';

const chime = useWorld();
const HERE = { mediaRegion: 'us-east-1' };
const DAY_MS = 86_400_000;
/** For how long a name is kept, and the day that a Chime meeting may live. */
const keptForDays = () => 2 * (settings().retentionDays + 1);

const pass = (ms: number) => {
  chime.pass(ms);
  chime.passAtChime(ms);
};

/** A name with three incarnations, in each of which all were seated. In the last of them vic is banned, and the name is ended. */
async function usedName() {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'ada', { role: 'host' });
  const people = ['vic', 'zoe', 'max'].map((user) => chime.person(name, user));
  for (let life = 0; life < 3; life++) {
    await host.create({});
    await host.seat(HERE);
    for (const person of people) await person.seat(HERE);
    if (life === 2) await host.remove('vic', { ban: true });
    await host.end();
  }
  return { name, host, people };
}

const isAlive = ({ Meeting, Attendee }: JoinedBody) =>
  chime.world.emulator.state.meetings.get(Meeting.MeetingId)?.attendees.get(Attendee.AttendeeId)
    ?.deletedAt === null;

describe('a name that was not used for longer than its retention', () => {
  it.each(SUBSETS)('starts anew where DynamoDB has deleted these of its items: %j', async (kinds) => {
    const { name, host, people } = await usedName();
    pass((keptForDays() + 1) * DAY_MS);
    const deleted = await deleteExpired(name, kinds, chime.now());
    expect(new Set(deleted.map((pk) => pk.split('#')[0]))).toEqual(new Set(kinds));
    for (let life = 0; life < 2; life++) {
      await host.create({});
      await host.seat(HERE);
      await host.unban('vic');
      const seats = await Promise.all(people.map((person) => person.seat(HERE)));
      expect(seats.map(isAlive)).toEqual([true, true, true]);
      expect(new Set(seats.map(({ Attendee }) => Attendee.AttendeeId)).size).toBe(3);
      expect((await host.get()).body).toMatchObject({ status: 'live', viewers: 3 });
      await host.end();
    }
  });
});
