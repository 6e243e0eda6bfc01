import {
  claimReplica,
  expireReplicaClaim,
  publishReplica,
  retireReplica,
  unclaimReplica,
} from '../../lib/store/replica-claims.ts';
import { markReplica } from '../../lib/store/replica-marks.ts';
import { aLiveTopology, atOnce, claimOf, NOW, nextClaimOf, now, onEveryEngine } from './support.ts';

const opened = { meetingId: 'the-replica', capacity: 250 };

onEveryEngine(() => {
  describe('claiming a replica', () => {
    it('is won by one of twenty', async () => {
      const topology = await aLiveTopology();
      const claims = await atOnce(20, (k) => claimReplica(topology, claimOf(`owner-${k}`), NOW));
      expect(claims.filter((each) => each === 'claimed')).toHaveLength(1);
      expect(claims.filter((each) => each === 'lost')).toHaveLength(19);
    });

    it('is lost while a claim lives, and takes over an abandoned one of the same media region', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('crashed', 'eu-west-1', NOW + 1), NOW);
      expect(await claimReplica(topology, nextClaimOf('second'), NOW)).toBe('lost');
      expect(await claimReplica(topology, nextClaimOf('second', 'sa-east-1'), NOW + 1)).toBe('lost');
      const claims = await atOnce(20, (k) => claimReplica(topology, nextClaimOf(`owner-${k}`), NOW + 1));
      expect(claims.filter((each) => each === 'taken-over')).toHaveLength(1);
      expect(claims.filter((each) => each === 'lost')).toHaveLength(19);
    });

    it('is won also where it was written, and asked again for want of an answer', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      expect(await claimReplica(topology, claimOf('first'), NOW)).toBe('taken-over');
      await publishReplica(topology, claimOf('first'), opened);
      expect(await claimReplica(topology, claimOf('first'), NOW)).toBe('lost');
    });

    it('is lost to a claim that was made after the topology was read, also once that one is abandoned', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first', 'eu-west-1', NOW), NOW);
      await claimReplica(topology, nextClaimOf('second'), NOW);
      await expireReplicaClaim(topology, nextClaimOf('second'));
      expect(await claimReplica(topology, nextClaimOf('third'), NOW)).toBe('lost');
      expect(await claimReplica(topology, { ...nextClaimOf('third'), fence: 3 }, NOW)).toBe('taken-over');
    });

    it('is lost beside another primary than it was meant for', async () => {
      const topology = await aLiveTopology();
      const another = {
        state: 'open',
        mediaRegion: 'us-east-1',
        capacity: 9,
        Meeting: { MeetingId: 'x' },
      } as const;
      expect(await claimReplica({ ...topology, primary: another }, claimOf('first'), NOW)).toBe('lost');
    });
  });

  describe('publishing a replica', () => {
    it('makes it visible', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      expect(await publishReplica(topology, claimOf('first'), opened)).toBe('published');
      expect((await now(topology)).replicas).toEqual([
        { ordinal: 0, state: 'open', mediaRegion: 'eu-west-1', fence: 1, ...opened },
      ]);
    });

    it('is lost to whoever took the claim over', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('slow', 'eu-west-1', NOW), NOW);
      await claimReplica(topology, nextClaimOf('second'), NOW);
      expect(await publishReplica(topology, claimOf('slow'), opened)).toBe('lost');
      expect(await publishReplica(topology, nextClaimOf('second'), opened)).toBe('published');
      expect(await publishReplica(topology, nextClaimOf('second'), opened)).toBe('lost');
    });

    it('is lost to a later claim of the same request, and so is every other end of the earlier one', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('twice', 'eu-west-1', NOW), NOW);
      await claimReplica(topology, nextClaimOf('twice'), NOW);
      expect(await publishReplica(topology, claimOf('twice'), opened)).toBe('lost');
      await unclaimReplica(topology, claimOf('twice'));
      await expireReplicaClaim(topology, claimOf('twice'));
      await retireReplica(topology, claimOf('twice'));
      expect((await now(topology)).replicas).toMatchObject([{ state: 'claimed', ...nextClaimOf('twice') }]);
    });
  });

  describe('a claim that is not finished', () => {
    it('can be given up without a trace, but for what was learned about the account', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await unclaimReplica(topology, claimOf('other'), 1);
      expect((await now(topology)).replicas).toHaveLength(1);
      await unclaimReplica(topology, claimOf('first'), 0);
      expect(await now(topology)).toMatchObject({ replicas: [], learnedMaxReplicas: 0 });
    });

    it('can be put down, so that the next one takes it over at once', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await expireReplicaClaim(topology, claimOf('other'));
      expect(await claimReplica(topology, nextClaimOf('second'), NOW)).toBe('lost');
      await expireReplicaClaim(topology, claimOf('first'));
      expect(await claimReplica(topology, nextClaimOf('second'), NOW)).toBe('taken-over');
    });

    it('can be retired: nobody claims that ordinal again', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await retireReplica(topology, claimOf('first'));
      expect((await now(topology)).replicas).toMatchObject([{ ordinal: 0, state: 'retired' }]);
      expect(await claimReplica(topology, nextClaimOf('second'), NOW + 1e9)).toBe('lost');
    });
  });

  describe('marking a replica', () => {
    it('adds to what is known of it, and makes none up', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await publishReplica(topology, claimOf('first'), opened);
      await markReplica(topology, 0, 'filling');
      await markReplica(topology, 0, 'soldOut');
      await markReplica(topology, 1, 'filling');
      expect((await now(topology)).replicas).toMatchObject([{ ordinal: 0, filling: true, soldOut: true }]);
    });
  });
});
