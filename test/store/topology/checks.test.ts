import { noteAttended, noteEmpty, takeCheck } from '../../../lib/store/topology/checks.ts';
import { aLiveTopology, atOnce, NOW, now, onEveryEngine } from '../support.ts';

onEveryEngine(() => {
  describe('the right to verify that the primary lives', () => {
    it('is won by one of fifty requests in each interval', async () => {
      let topology = await aLiveTopology();
      for (const at of [NOW + 30_000, NOW + 60_000]) {
        const seen = topology;
        const took = await atOnce(50, (k) => takeCheck(seen, { owner: `request-${k}`, now: at }));
        expect(took.filter((each) => each === 'taken')).toHaveLength(1);
        topology = await now(topology);
        expect(topology.primary?.checkedAt).toBe(at);
      }
    });

    it('is refused for a primary of an earlier epoch', async () => {
      const topology = await aLiveTopology();
      expect(await takeCheck({ ...topology, epoch: 2 }, { owner: 'ada', now: NOW })).toBe('conflict');
    });
  });

  describe('the time since a stage is empty', () => {
    it('is recorded once, and deleted when a person enters', async () => {
      const topology = await aLiveTopology();
      await noteEmpty(topology, NOW);
      await noteEmpty(topology, NOW + 1);
      expect((await now(topology)).primary?.emptySince).toBe(NOW);
      expect(await noteAttended(topology)).toBe('noted');
      expect((await now(topology)).primary?.emptySince).toBeUndefined();
    });
  });
});
