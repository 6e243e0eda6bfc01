import type { Presence } from '../../../lib/domain/meeting/presence.ts';
import { seatKey } from '../../../lib/store/keys.ts';
import { changeParticipant, readParticipant } from '../../../lib/store/participant/participants.ts';
import { applyPresence, keyOf } from '../../../lib/store/participant/presences.ts';
import fc from '../../support/random/property.ts';
import { aTopology, onEveryEngine, subject } from '../support.ts';

const presences = fc.uniqueArray(
  fc.record({
    state: fc.constantFrom('present', 'dropped', 'left') as fc.Arbitrary<Presence['state']>,
    at: fc.integer({ min: 1, max: 4 }),
    meetingId: fc.constant('r0'),
  }),
  { minLength: 1, maxLength: 5, selector: ({ state, at }) => `${state}${at}` },
);

onEveryEngine(() => {
  describe('the presence events of a connection', () => {
    it('end in one record, in any order', async () => {
      const topology = await aTopology();
      const { externalMeetingId } = topology;
      let people = 0;
      const fold = async (some: Presence[]) => {
        const name = `person-${people++}`;
        await changeParticipant(subject(topology, name), { set: { role: 'viewer' }, clauses: [] });
        for (const one of some) await applyPresence(keyOf(externalMeetingId, name), one);
        return (await readParticipant(externalMeetingId, name))?.presence;
      };
      await fc.assert(
        fc.asyncProperty(presences, async (some) => {
          expect(await fold(some.toReversed())).toEqual(await fold(some));
        }),
        { numRuns: 20 },
      );
    });

    it('write nothing for an unknown person', async () => {
      const { externalMeetingId } = await aTopology();
      await applyPresence(keyOf(externalMeetingId, 'who'), { state: 'left', at: 1, meetingId: 'r0' });
      expect(await readParticipant(externalMeetingId, 'who')).toBeUndefined();
    });

    it('write nothing for a viewer who holds another seat by now, though the index still names the old one', async () => {
      const topology = await aTopology();
      const key = keyOf(topology.externalMeetingId, 'ann');
      const set = { role: 'viewer', seatKey: seatKey('r0', 8) };
      await changeParticipant(subject(topology, 'ann'), { set, clauses: [] });
      const left = { state: 'left', at: 3, meetingId: 'r0' } as const;
      await applyPresence(key, left, { seat: 7 });
      expect((await readParticipant(topology.externalMeetingId, 'ann'))?.presence).toBeUndefined();
      await applyPresence(key, left, { seat: 8 });
      expect((await readParticipant(topology.externalMeetingId, 'ann'))?.presence).toMatchObject(left);
    });
  });
});
