import { setForecast } from '../../../lib/store/topology/forecasts.ts';
import { claimReplica, publishReplica } from '../../../lib/store/topology/replica-claims.ts';
import { markReplica } from '../../../lib/store/topology/replica-marks.ts';
import { deleteReplicaClaim, releaseReplicaClaim } from '../../../lib/store/topology/replica-releases.ts';
import { changeOptions } from '../../../lib/store/topology/topologies.ts';
import { aLiveTopology, atOnce, claimOf, NOW, nextClaimOf, now, onEveryEngine } from '../support.ts';

const opened = { meetingId: 'the-replica', capacity: 250, now: NOW };
const limit = { replicas: 0, of: 'account', since: NOW, at: NOW, refusals: 1 } as const;

onEveryEngine(() => {
  describe('claiming a replica', () => {
    it('succeeds for one of twenty requests', async () => {
      const topology = await aLiveTopology();
      const claims = await atOnce(20, (k) => claimReplica(topology, claimOf(`owner-${k}`), NOW));
      expect(claims.filter((each) => each === 'claimed')).toHaveLength(1);
      expect(claims.filter((each) => each === 'conflict')).toHaveLength(19);
    });

    it('is a conflict while a claim lives, and takes over an abandoned one of the same media region', async () => {
      const before = await aLiveTopology();
      await claimReplica(before, claimOf('crashed', 'eu-west-1', NOW + 1), NOW);
      const topology = await now(before);
      expect(await claimReplica(topology, nextClaimOf('second'), NOW)).toBe('conflict');
      expect(await claimReplica(topology, nextClaimOf('second', 'sa-east-1'), NOW + 1)).toBe('conflict');
      const claims = await atOnce(20, (k) => claimReplica(topology, nextClaimOf(`owner-${k}`), NOW + 1));
      expect(claims.filter((each) => each === 'taken-over')).toHaveLength(1);
      expect(claims.filter((each) => each === 'conflict')).toHaveLength(19);
    });

    it('succeeds also where the SDK retried the write', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      expect(await claimReplica(topology, claimOf('first'), NOW)).toBe('taken-over');
      await publishReplica(topology, claimOf('first'), opened);
      expect(await claimReplica(topology, claimOf('first'), NOW)).toBe('conflict');
    });

    it('is a conflict with a claim that was made after the topology was read, also an abandoned one', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first', 'eu-west-1', NOW), NOW);
      await claimReplica(await now(topology), nextClaimOf('second'), NOW);
      await releaseReplicaClaim(topology, nextClaimOf('second'));
      expect(await claimReplica(await now(topology), nextClaimOf('third'), NOW)).toBe('conflict');
      expect(await claimReplica(await now(topology), { ...nextClaimOf('third'), fence: 3 }, NOW)).toBe(
        'taken-over',
      );
    });

    it('is a conflict beside another primary than the intended one', async () => {
      const topology = await aLiveTopology();
      const another = {
        state: 'open',
        mediaRegion: 'us-east-1',
        capacity: 9,
        Meeting: { MeetingId: 'x' },
      } as const;
      expect(await claimReplica({ ...topology, primary: another }, claimOf('first'), NOW)).toBe('conflict');
    });
  });

  describe('publishing a replica', () => {
    it('makes it visible', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      expect(await publishReplica(topology, claimOf('first'), opened)).toBe('published');
      expect((await now(topology)).replicas).toEqual([
        {
          ordinal: 0,
          state: 'open',
          mediaRegion: 'eu-west-1',
          fence: 1,
          meetingId: 'the-replica',
          capacity: 250,
          openedAt: NOW,
        },
      ]);
    });

    it('is a conflict for a request whose claim was taken over', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('slow', 'eu-west-1', NOW), NOW);
      await claimReplica(await now(topology), nextClaimOf('second'), NOW);
      expect(await publishReplica(topology, claimOf('slow'), opened)).toBe('conflict');
      expect(await publishReplica(topology, nextClaimOf('second'), opened)).toBe('published');
      expect(await publishReplica(topology, nextClaimOf('second'), opened)).toBe('conflict');
    });

    it('is a conflict with a later claim of the same request, and so is every other end of the earlier claim', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('twice', 'eu-west-1', NOW), NOW);
      await claimReplica(await now(topology), nextClaimOf('twice'), NOW);
      expect(await publishReplica(topology, claimOf('twice'), opened)).toBe('conflict');
      await deleteReplicaClaim(topology, claimOf('twice'));
      await releaseReplicaClaim(topology, claimOf('twice'));
      expect((await now(topology)).replicas).toMatchObject([{ state: 'claimed', ...nextClaimOf('twice') }]);
    });
  });

  describe('an unfinished claim', () => {
    it('can be deleted: only the learned limits stay, and its ordinal is never claimed again', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      expect(await deleteReplicaClaim(topology, claimOf('other'), { limit })).toBe('conflict');
      expect((await now(topology)).replicas).toHaveLength(1);
      expect(await deleteReplicaClaim(topology, claimOf('first'), { limit })).toBe('deleted');
      expect(await now(topology)).toMatchObject({ replicas: [], nextOrdinal: 1, learnedLimit: limit });
      for (const picture of [topology, await now(topology)])
        expect(await claimReplica(picture, claimOf('second'), NOW + 1e9)).toBe('conflict');
    });

    it('can be released, so that the next request takes it over at once', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await releaseReplicaClaim(topology, claimOf('other'));
      expect(await claimReplica(await now(topology), nextClaimOf('second'), NOW)).toBe('conflict');
      await releaseReplicaClaim(topology, claimOf('first'));
      expect(await claimReplica(await now(topology), nextClaimOf('second'), NOW)).toBe('taken-over');
    });
  });

  describe('a learned limit', () => {
    async function atTheLimit() {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await deleteReplicaClaim(topology, claimOf('first'), { limit });
      return now(topology);
    }
    const next = (owner: string, ordinal = 1) => ({ ...claimOf(owner), ordinal });
    const LATER = NOW + 15_000;

    it('is tested by one of twenty requests, once its pause is over', async () => {
      const topology = await atTheLimit();
      const claims = await atOnce(20, (k) => claimReplica(topology, next(`owner-${k}`, 1 + k), LATER));
      expect(claims.filter((each) => each === 'claimed')).toHaveLength(1);
      expect((await now(topology)).learnedLimit).toEqual({ ...limit, at: LATER });
    });

    it('is deleted once a replica exists beyond it, and by no replica within it', async () => {
      const topology = await atTheLimit();
      await claimReplica(topology, next('first'), LATER);
      await publishReplica(topology, next('first'), opened);
      expect((await now(topology)).learnedLimit).toBeUndefined();
      const two = { ...(await atTheLimit()), learnedLimit: { ...limit, replicas: 2 } };
      await claimReplica(two, next('first'), NOW);
      await publishReplica(two, next('first'), opened);
      expect((await now(two)).learnedLimit).toEqual(limit);
    });

    it('refuses a claim with a topology that was read before', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await deleteReplicaClaim(topology, claimOf('first'), { limit });
      expect(await claimReplica(topology, next('second'), NOW)).toBe('conflict');
    });
  });

  describe('a media region that cools down', () => {
    const coolDown = { because: 'rejected', since: NOW, until: NOW + 15_000, failures: 1 } as const;
    const next = (owner: string, ordinal = 1) => ({ ...claimOf(owner), ordinal });
    const LATER = NOW + 15_000;
    async function cooling() {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await deleteReplicaClaim(topology, claimOf('first'), { coolDown });
      return now(topology);
    }

    it('is on record until a replica is published there, by its media region', async () => {
      const topology = await cooling();
      expect(topology.coolDowns).toEqual({ 'eu-west-1': coolDown });
      await claimReplica(topology, next('second'), LATER);
      await publishReplica(topology, next('second'), opened);
      expect((await now(topology)).coolDowns).toBeUndefined();
    });

    it('is tested by one of twenty requests, for any ordinals, and then not before the next pause is over', async () => {
      const topology = await cooling();
      const claims = await atOnce(20, (k) => claimReplica(topology, next(`owner-${k}`, 1 + k), LATER + k));
      expect(claims.filter((each) => each === 'claimed')).toHaveLength(1);
      const until = (await now(topology)).coolDowns?.['eu-west-1']?.until;
      expect(until).toBeGreaterThanOrEqual(LATER + 15_000);
    });

    it('refuses a claim with a topology that was read before, and none in another media region', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await deleteReplicaClaim(topology, claimOf('first'), { coolDown });
      expect(await claimReplica(topology, next('second'), NOW)).toBe('conflict');
      expect(await claimReplica(topology, { ...next('second'), mediaRegion: 'sa-east-1' }, NOW)).toBe(
        'claimed',
      );
    });

    it('starts also where a claim is released that may have had an effect, and is taken over by one request', async () => {
      const topology = await aLiveTopology();
      await claimReplica(topology, claimOf('first'), NOW);
      await releaseReplicaClaim(topology, claimOf('first'), { at: NOW, coolDown });
      const read = await now(topology);
      expect(read).toMatchObject({ replicas: [{ failedAt: NOW }], coolDowns: { 'eu-west-1': coolDown } });
      const claims = await atOnce(20, (k) => claimReplica(read, nextClaimOf(`owner-${k}`), LATER));
      expect(claims.filter((each) => each === 'taken-over')).toHaveLength(1);
    });

    it('ends with a change of the options, and with a forecast', async () => {
      const [one, other] = [await cooling(), await cooling()];
      await changeOptions(one.externalMeetingId, one.options, NOW);
      await setForecast(other, { 'eu-west-1': 5 });
      expect([(await now(one)).coolDowns, (await now(other)).coolDowns]).toEqual([undefined, undefined]);
    });
  });

  describe('marking a replica', () => {
    it('adds to its record, and creates none', async () => {
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
