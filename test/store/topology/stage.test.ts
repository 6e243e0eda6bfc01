import { enterStage, leaveStage } from '../../../lib/store/topology/stage.ts';
import { aLiveTopology, atOnce, now, onEveryEngine } from '../support.ts';

onEveryEngine(() => {
  describe('entering the stage', () => {
    it('never exceeds its places: thirty enter at once, ten get in', async () => {
      const topology = await aLiveTopology(10);
      const entered = await atOnce(30, (k) => enterStage(topology, `person-${k}`));
      expect(entered.filter((each) => each === 'entered')).toHaveLength(10);
      expect(entered.filter((each) => each === 'conflict')).toHaveLength(20);
      expect((await now(topology)).stage.size).toBe(10);
    });

    it('takes no second place for the same person, also when the stage is full', async () => {
      const topology = await aLiveTopology(1);
      const entered = await atOnce(10, () => enterStage(topology, 'ada'));
      expect(entered.filter((each) => each === 'entered')).toHaveLength(1);
      expect(entered.filter((each) => each === 'already')).toHaveLength(9);
      expect((await now(topology)).stage).toEqual(new Set(['ada']));
    });

    it('is a conflict before another primary', async () => {
      const topology = await aLiveTopology();
      const another = {
        state: 'open',
        mediaRegion: 'us-east-1',
        capacity: 9,
        Meeting: { MeetingId: 'x' },
      } as const;
      expect(await enterStage({ ...topology, primary: another }, 'ada')).toBe('conflict');
    });
  });

  describe('leaving the stage', () => {
    it('frees the place for another person, and is idempotent', async () => {
      const topology = await aLiveTopology(1);
      await enterStage(topology, 'ada');
      await leaveStage(topology, 'ada');
      await leaveStage(topology, 'ada');
      expect(await enterStage(topology, 'grace')).toBe('entered');
      expect((await now(topology)).stage).toEqual(new Set(['grace']));
    });

    it('does not change the place of another person', async () => {
      const topology = await aLiveTopology(2);
      await enterStage(topology, 'ada');
      await leaveStage(topology, 'grace');
      expect((await now(topology)).stage).toEqual(new Set(['ada']));
    });
  });
});
