import { forgetMeetings, markEnded, openEpoch, reopen } from '../../../lib/store/topology/epochs.ts';
import { claimPrimary, publishPrimary } from '../../../lib/store/topology/primary-claims.ts';
import { claimReplica, publishReplica } from '../../../lib/store/topology/replica-claims.ts';
import { enterStage } from '../../../lib/store/topology/stage.ts';
import {
  aLiveTopology,
  aTopology,
  atOnce,
  claimOf,
  leaseOf,
  madeLive,
  NOW,
  now,
  onEveryEngine,
} from '../support.ts';

const claim = { mediaRegion: 'us-east-1', lease: leaseOf('first') } as const;
const opened = { Meeting: { MeetingId: 'late' }, capacity: 240, lease: leaseOf('first'), now: NOW };
const nextLife = { options: { maxReplicas: 2, waitForPresenter: false }, incarnation: 'second' };

async function aDeadTopology() {
  const topology = await aLiveTopology();
  await enterStage(topology, 'ada');
  await claimReplica(topology, claimOf('opener'), NOW);
  return { topology, dead: topology.primary?.Meeting?.MeetingId as string };
}

onEveryEngine(() => {
  describe('marking a primary as dead', () => {
    it('opens one epoch, for any number of concurrent requests', async () => {
      const { topology, dead } = await aDeadTopology();
      await atOnce(20, () => openEpoch(topology, dead));
      expect(await now(topology)).toMatchObject({ epoch: 2, status: 'scheduled' });
    });

    it('keeps only the name and its options', async () => {
      const { topology, dead } = await aDeadTopology();
      await openEpoch(topology, dead);
      const { primary, replicas, nextOrdinal, stage, options, incarnation } = await now(topology);
      expect({ primary, replicas, nextOrdinal, stage }).toEqual({
        ...{ primary: undefined, replicas: [], nextOrdinal: 0, stage: new Set() },
      });
      expect({ options, incarnation }).toEqual({
        options: topology.options,
        incarnation: topology.incarnation,
      });
    });

    it('records the last audience of one request of many, or leaves the recorded one', async () => {
      const { topology, dead } = await aDeadTopology();
      await atOnce(20, (k) => openEpoch(topology, dead, { 'eu-west-1': k + 1 }));
      const { lastAudience } = await now(topology);
      expect(lastAudience).toEqual({ 'eu-west-1': expect.any(Number) });
      await openEpoch(topology, dead, { 'eu-west-1': 99 });
      const live = await madeLive(await now(topology));
      await openEpoch(live, live.primary?.Meeting?.MeetingId as string);
      expect(await now(topology)).toMatchObject({ epoch: 3, lastAudience });
    });

    it('does nothing to another primary, nor to an ended name', async () => {
      const { topology, dead } = await aDeadTopology();
      await openEpoch(topology, 'another');
      expect((await now(topology)).epoch).toBe(1);
      await markEnded(topology.externalMeetingId, NOW);
      await openEpoch(topology, dead);
      expect(await now(topology)).toMatchObject({ epoch: 1, status: 'ended' });
    });
  });

  describe('after a name was marked as ended', () => {
    it('the request that forgets its meetings records the last audience, and no later one does in the next life', async () => {
      const topology = await aLiveTopology();
      await markEnded(topology.externalMeetingId, NOW);
      await forgetMeetings(topology, { 'eu-west-1': 7 });
      expect(await now(topology)).toMatchObject({ nextOrdinal: 0, lastAudience: { 'eu-west-1': 7 } });
      await reopen(topology, nextLife, NOW);
      await markEnded(topology.externalMeetingId, NOW);
      await forgetMeetings(topology, { 'eu-west-1': 99 });
      expect(await now(topology)).toMatchObject({ epoch: 2, lastAudience: { 'eu-west-1': 7 } });
    });

    it('no claim is made', async () => {
      const topology = await aTopology();
      const live = await aLiveTopology();
      await Promise.all([topology, live].map(({ externalMeetingId }) => markEnded(externalMeetingId, NOW)));
      expect(await claimPrimary(topology, claim, NOW)).toBe('conflict');
      expect(await claimReplica(live, claimOf('first'), NOW)).toBe('conflict');
    });

    it('no earlier claim is published', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim, NOW);
      const live = await aLiveTopology();
      await claimReplica(live, claimOf('first'), NOW);
      await Promise.all([topology, live].map(({ externalMeetingId }) => markEnded(externalMeetingId, NOW)));
      expect(await publishPrimary(topology, opened, ['ada'])).toBe('conflict');
      expect(await publishReplica(live, claimOf('first'), { meetingId: 'late', capacity: 1, now: NOW })).toBe(
        'conflict',
      );
      expect((await now(topology)).status).toBe('ended');
    });

    it('no person enters the stage', async () => {
      const live = await aLiveTopology();
      await markEnded(live.externalMeetingId, NOW);
      expect(await enterStage(live, 'ada')).toBe('conflict');
    });

    it('a hand may be raised again, but only in a known meeting', async () => {
      const { externalMeetingId } = await aTopology();
      expect(await markEnded(externalMeetingId, NOW)).toMatchObject({ status: 'ended', epoch: 1 });
      expect(await markEnded(externalMeetingId, NOW)).toMatchObject({ status: 'ended', epoch: 1 });
      expect(await markEnded('nobody-knows-it', NOW)).toBe('unknown-name');
    });
  });

  describe('opening an ended name again', () => {
    it('begins one incarnation, with its own options', async () => {
      const { topology } = await aDeadTopology();
      await markEnded(topology.externalMeetingId, NOW);
      const lifeOf = (k: number) => ({ ...nextLife, incarnation: `incarnation-${k}` });
      const opened = await atOnce(20, (k) => reopen(topology, lifeOf(k), NOW));
      expect(opened.filter((each) => each === 'reopened')).toHaveLength(1);
      const life = lifeOf(opened.indexOf('reopened'));
      expect(await now(topology)).toMatchObject({ epoch: 2, status: 'scheduled', replicas: [], ...life });
    });

    it('is a conflict where a later incarnation was ended since the topology was read', async () => {
      const { topology } = await aDeadTopology();
      await markEnded(topology.externalMeetingId, NOW);
      await reopen(topology, nextLife, NOW);
      await markEnded(topology.externalMeetingId, NOW);
      expect(await reopen(topology, { ...nextLife, incarnation: 'third' }, NOW)).toBe('conflict');
      expect(await now(topology)).toMatchObject({ epoch: 2, status: 'ended' });
    });

    it('is a conflict where the name is not ended', async () => {
      expect(await reopen(await aLiveTopology(), nextLife, NOW)).toBe('conflict');
    });
  });
});
