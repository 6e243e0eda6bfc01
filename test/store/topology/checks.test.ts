import { noteAttended, noteEmpty, takeCheck } from '../../../lib/store/topology/checks.ts';
import { aLiveTopology, atOnce, NOW, now, onEveryEngine } from '../support.ts';

onEveryEngine(() => {
  describe('the right to ask whether the primary lives', () => {
    it('is won by one of fifty in each interval', async () => {
      let topology = await aLiveTopology();
      for (const at of [NOW + 30_000, NOW + 60_000]) {
        const seen = topology;
        const took = await atOnce(50, (k) => takeCheck(seen, { owner: `request-${k}`, now: at }));
        expect(took.filter((each) => each === 'taken')).toHaveLength(1);
        topology = await now(topology);
        expect(topology.primary?.checkedAt).toBe(at);
      }
    });

    it('is nobody’s for a primary that was left behind', async () => {
      const topology = await aLiveTopology();
      expect(await takeCheck({ ...topology, epoch: 2 }, { owner: 'ada', now: NOW })).toBe('conflict');
    });
  });

  describe('since when a stage is empty', () => {
    it('is noted once, and forgotten when a person is on it', async () => {
      const topology = await aLiveTopology();
      await noteEmpty(topology, NOW);
      await noteEmpty(topology, NOW + 1);
      expect((await now(topology)).primary?.emptySince).toBe(NOW);
      expect(await noteAttended(topology)).toBe('noted');
      expect((await now(topology)).primary?.emptySince).toBeUndefined();
    });
  });
});
