import {
  extendCredentials,
  readCredentials,
  writeCredentials,
} from '../../../lib/store/replica/credentials.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { NOW, onEveryEngine } from '../support.ts';

const Meeting = { MeetingId: 'the-replica' };
const seats = (from: number, many: number) =>
  Array.from({ length: many }, (_, k) => ({
    AttendeeId: `a-${from + k}`,
    ExternalUserId: `seat-${from + k}`,
    JoinToken: 't',
  }));
const idAt = async (replica: Parameters<typeof readCredentials>[0], seat: number) =>
  (await readCredentials(replica, seat))?.Attendee.AttendeeId;

onEveryEngine(() => {
  describe.each([1, 24, 25, 26, 60])('the credentials of %i seats that are extended twice', (first) => {
    it('have every seat at its number, the old ones unchanged', async () => {
      const replica = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
      await writeCredentials(replica, { Meeting, attendees: seats(0, first), fence: 1 }, NOW);
      await extendCredentials(replica, { Meeting, from: first, attendees: seats(first, 30), fence: 2 }, NOW);
      const one = { Meeting, from: first + 30, attendees: seats(first + 30, 1), fence: 3 };
      await extendCredentials(replica, one, NOW);
      await extendCredentials(replica, one, NOW);
      const numbers = Array.from({ length: first + 31 }, (_, seat) => seat);
      expect(await Promise.all(numbers.map((seat) => idAt(replica, seat)))).toEqual(
        numbers.map((seat) => `a-${seat}`),
      );
      expect(await idAt(replica, first + 31)).toBeUndefined();
    });
  });

  describe('credentials that a later claim has written', () => {
    const slow = { Meeting: { MeetingId: 'of-the-slow-one' }, attendees: seats(1000, 60), fence: 1 };
    const all = Array.from({ length: 60 }, (_, seat) => seat);

    it('are not changed by an earlier claim, neither by writing nor by extending', async () => {
      const replica = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
      expect(await writeCredentials(replica, { Meeting, attendees: seats(0, 60), fence: 2 }, NOW)).toBe(
        'written',
      );
      expect(await writeCredentials(replica, slow, NOW)).toBe('conflict');
      expect(await extendCredentials(replica, { ...slow, from: 40 }, NOW)).toBe('conflict');
      expect(await Promise.all(all.map((seat) => idAt(replica, seat)))).toEqual(
        all.map((seat) => `a-${seat}`),
      );
    });

    it('keep nothing that an earlier claim wrote first', async () => {
      const replica = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
      expect(await writeCredentials(replica, slow, NOW)).toBe('written');
      expect(await writeCredentials(replica, { Meeting, attendees: seats(0, 60), fence: 2 }, NOW)).toBe(
        'written',
      );
      expect(await Promise.all(all.map((seat) => idAt(replica, seat)))).toEqual(
        all.map((seat) => `a-${seat}`),
      );
    });
  });
});
