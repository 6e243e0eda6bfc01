import {
  claimPrimary,
  deletePrimaryClaim,
  publishPrimary,
} from '../../../lib/store/topology/primary-claims.ts';
import { aTopology, atOnce, leaseOf, NOW, now, onEveryEngine } from '../support.ts';

const claim = (owner: string, mediaRegion: 'us-east-1' | 'eu-west-1' = 'us-east-1', until?: number) => ({
  mediaRegion,
  lease: leaseOf(owner, until),
});
const opened = (owner: string) => ({
  Meeting: { MeetingId: `by-${owner}` },
  capacity: 240,
  lease: leaseOf(owner),
  now: NOW,
});

onEveryEngine(() => {
  describe('claiming the primary', () => {
    it('succeeds for one of twenty requests', async () => {
      const topology = await aTopology();
      const claims = await atOnce(20, (k) => claimPrimary(topology, claim(`owner-${k}`), NOW));
      expect(claims.filter((each) => each === 'claimed')).toHaveLength(1);
      expect(claims.filter((each) => each === 'conflict')).toHaveLength(19);
    });

    it('is a conflict while a claim lives', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('first', 'us-east-1', NOW + 1), NOW);
      expect(await claimPrimary(topology, claim('second'), NOW)).toBe('conflict');
    });

    it('takes over an abandoned claim for one of twenty requests, and reports the take-over', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('crashed', 'us-east-1', NOW), NOW);
      const claims = await atOnce(20, (k) => claimPrimary(topology, claim(`owner-${k}`), NOW));
      expect(claims.filter((each) => each === 'taken-over')).toHaveLength(1);
      expect(claims.filter((each) => each === 'conflict')).toHaveLength(19);
    });

    it('succeeds also where the SDK retried the write', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('first'), NOW);
      expect(await claimPrimary(topology, claim('first'), NOW)).toBe('taken-over');
      expect(await claimPrimary(topology, claim('second'), NOW)).toBe('conflict');
    });

    it('takes over only for the same media region, because the meeting may exist there', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('crashed', 'us-east-1', NOW), NOW);
      expect(await claimPrimary(topology, claim('second', 'eu-west-1'), NOW)).toBe('conflict');
    });

    it('is a conflict once the primary is open, however old its opening', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('first'), NOW);
      await publishPrimary(topology, opened('first'), ['ada']);
      expect(await claimPrimary(topology, claim('second'), NOW + 1e9)).toBe('conflict');
    });
  });

  describe('publishing the primary', () => {
    it('makes it visible with the people who were seated by its opening', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('first'), NOW);
      expect(await publishPrimary(topology, opened('first'), ['ada'])).toBe('published');
      const { status, primary, stage } = await now(topology);
      expect({ status, primary, stage }).toEqual({
        status: 'live',
        stage: new Set(['ada']),
        primary: {
          state: 'open',
          mediaRegion: 'us-east-1',
          capacity: 240,
          openedAt: NOW,
          Meeting: { MeetingId: 'by-first' },
        },
      });
    });

    it('is a conflict for a request whose claim was taken over, and succeeds for the new holder', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('slow', 'us-east-1', NOW), NOW);
      await claimPrimary(topology, claim('second'), NOW);
      expect(await publishPrimary(topology, opened('slow'), [])).toBe('conflict');
      expect(await publishPrimary(topology, opened('second'), [])).toBe('published');
      expect(await publishPrimary(topology, opened('slow'), [])).toBe('conflict');
      expect((await now(topology)).primary?.Meeting?.MeetingId).toBe('by-second');
    });
  });

  describe('deleting a claim on the primary', () => {
    it('leaves nothing behind, so that the next claim is a first one', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('first'), NOW);
      await deletePrimaryClaim(topology, leaseOf('first'));
      expect((await now(topology)).primary).toBeUndefined();
      expect(await claimPrimary(topology, claim('second', 'eu-west-1'), NOW)).toBe('claimed');
    });

    it('does not change the claim of another request, nor an open primary', async () => {
      const topology = await aTopology();
      await claimPrimary(topology, claim('first'), NOW);
      await deletePrimaryClaim(topology, leaseOf('second'));
      expect((await now(topology)).primary?.state).toBe('claimed');
      await publishPrimary(topology, opened('first'), []);
      await deletePrimaryClaim(topology, leaseOf('first'));
      expect((await now(topology)).primary?.state).toBe('open');
    });
  });
});
