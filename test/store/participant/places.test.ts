import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { readParticipant } from '../../../lib/store/participant/participants.ts';
import { claimPlace, deletePlace, occupyPlace, startLeaving } from '../../../lib/store/participant/places.ts';
import { aTopology, atOnce, leaseOf, NOW, onEveryEngine, subject } from '../support.ts';

const Attendee = { AttendeeId: 'a', ExternalUserId: 'ada', JoinToken: 't' };
const held = { state: 'held', Attendee, joinedAt: NOW } as const;
const claim = (owner: string, until?: number) => ({
  lease: leaseOf(owner, until),
  promoted: false,
  now: NOW,
});
const holding = (owner: string) => ({ lease: leaseOf(owner), Attendee, promoted: false, now: NOW });

async function withClaim(owner: string, until?: number) {
  const topology = await aTopology();
  await claimPlace(subject(topology, 'ada', { role: 'presenter' }), claim(owner, until));
  return { topology, ada: subject(topology, 'ada', { knownEpoch: 1, role: 'presenter' }) };
}

const placeOf = async ({ externalMeetingId }: Topology) =>
  (await readParticipant(externalMeetingId, 'ada'))?.place;

onEveryEngine(() => {
  describe('claiming a place on the stage', () => {
    it('succeeds for one of ten devices', async () => {
      const topology = await aTopology();
      const claims = await atOnce(10, (k) => claimPlace(subject(topology, 'ada'), claim(`device-${k}`)));
      expect(claims.filter((each) => each === 'done')).toHaveLength(1);
    });

    it('is a conflict while a claim lives, and succeeds for one of ten once it is abandoned', async () => {
      const { ada } = await withClaim('crashed', NOW);
      const later = await withClaim('alive', NOW + 1);
      expect(await claimPlace(later.ada, claim('second'))).toBe('conflict');
      const claims = await atOnce(10, (k) => claimPlace(ada, claim(`device-${k}`)));
      expect(claims.filter((each) => each === 'done')).toHaveLength(1);
    });

    it('is a conflict once the place is confirmed', async () => {
      const { ada, topology } = await withClaim('first');
      expect(await occupyPlace(ada, holding('first'))).toBe('done');
      expect(await claimPlace(ada, { ...claim('second'), now: NOW + 1e9 })).toBe('conflict');
      expect(await placeOf(topology)).toEqual(held);
    });
  });

  describe('confirming a place', () => {
    it('is a conflict where another request took the claim over', async () => {
      const { ada, topology } = await withClaim('slow', NOW);
      await claimPlace(ada, claim('second'));
      expect(await occupyPlace(ada, holding('slow'))).toBe('conflict');
      expect(await occupyPlace(ada, holding('second'))).toBe('done');
      expect(await placeOf(topology)).toMatchObject({ state: 'held' });
    });
  });

  describe('leaving a place', () => {
    it('is started by one of ten requests, and answers no join from then on', async () => {
      const { ada, topology } = await withClaim('first');
      await occupyPlace(ada, holding('first'));
      const started = await atOnce(10, (k) =>
        startLeaving(ada, { place: held, lease: leaseOf(`device-${k}`), now: NOW }),
      );
      expect(started.filter((each) => each === 'done')).toHaveLength(1);
      expect(await placeOf(topology)).toMatchObject({ state: 'leaving', Attendee });
      expect(await claimPlace(ada, claim('joining'))).toBe('conflict');
    });

    it('is not started while the place is being claimed', async () => {
      const { ada } = await withClaim('joining');
      const leaving = { place: held, lease: leaseOf('leaving'), now: NOW };
      expect(await startLeaving(ada, leaving)).toBe('conflict');
    });

    it('deletes it completely, for the holder of the lease', async () => {
      const { ada, topology } = await withClaim('first');
      await deletePlace(ada, leaseOf('second'));
      expect(await placeOf(topology)).toMatchObject({ state: 'claimed' });
      await deletePlace(ada, leaseOf('first'));
      expect(await placeOf(topology)).toBeUndefined();
    });
  });
});
