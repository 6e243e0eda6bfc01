import { noteAlive, noteAttended, noteEmpty, takeCheck } from '../../../lib/store/topology/checks.ts';
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

  describe('the proof that the primary lives', () => {
    it('is recorded unless a later one is, and only of this primary and epoch', async () => {
      const topology = await aLiveTopology();
      const meetingId = topology.primary?.Meeting?.MeetingId as string;
      const checkedAt = async () => (await now(topology)).primary?.checkedAt;
      await noteAlive(topology, 'another', NOW + 9);
      await noteAlive({ ...topology, epoch: topology.epoch + 1 }, meetingId, NOW + 9);
      expect(await checkedAt()).toBeUndefined();
      await noteAlive(topology, meetingId, NOW + 2);
      await noteAlive(topology, meetingId, NOW + 1);
      expect(await checkedAt()).toBe(NOW + 2);
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
