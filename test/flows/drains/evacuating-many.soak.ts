import { useWorld } from '../support.ts';
import { attendeesIn, drainsIn, regionsIn } from './support.ts';

const chime = useWorld();
const { hostOf, joinAll, house, drain, regionsOf, overfull } = drainsIn(chime);
const EVACUATE = { evacuate: true };

describe('an evacuation of 600 viewers', () => {
  it.each([
    ['with replicas left', 8],
    ['without', 4],
  ])(
    '%s seats all of them elsewhere, none twice, and no meeting over its capacity',
    async (_, maxReplicas) => {
      const { name } = await house(0, { meetingFeatures: {}, maxReplicas });
      await hostOf(name).provision({ 'eu-central-1': 600 });
      const seats = await joinAll(name, 600);
      expect([...regionsIn(seats)]).toEqual(['eu-central-1']);
      expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
      const again = await joinAll(name, 600);
      expect(regionsIn(again)).not.toContain('eu-central-1');
      expect(attendeesIn(again).size).toBe(600);
      expect(overfull(name)).toEqual([]);
      expect(regionsOf(name).length).toBeLessThanOrEqual(maxReplicas);
    },
  );
});
