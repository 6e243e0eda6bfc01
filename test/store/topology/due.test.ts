import {
  type Due,
  finishLook,
  finishPass,
  namesOnList,
  putOnList,
  RECONCILE_SHARDS,
  takePass,
} from '../../../lib/store/topology/due.ts';
import { markEnded } from '../../../lib/store/topology/epochs.ts';
import { claimPrimary } from '../../../lib/store/topology/primary-claims.ts';
import { readOnList } from '../../../lib/store/topology/screening.ts';
import { aTopology, atOnce, leaseOf, NOW, onEveryEngine } from '../support.ts';

const all = async (now: number): Promise<Due[]> => {
  const shards = Array.from({ length: RECONCILE_SHARDS }, (_, shard) => shard);
  const listed = (await Promise.all(shards.map((shard) => namesOnList(shard)))).flat();
  return listed.filter(({ reconcileAt }) => reconcileAt <= now);
};
const dueOf = async (name: string, now: number) =>
  (await all(now)).find(({ externalMeetingId }) => externalMeetingId === name);

/** A name whose primary is claimed: it is due when the claim runs out. */
async function aDueName() {
  const topology = await aTopology();
  await claimPrimary(topology, { mediaRegion: 'us-east-1', lease: leaseOf('ada', NOW + 15_000) }, NOW);
  const due = await dueOf(topology.externalMeetingId, NOW + 15_000);
  if (!due) throw new Error('it is not due');
  return { topology, due };
}

onEveryEngine(() => {
  describe('the names that are due for a reconciler pass', () => {
    it('include names that opened something, from the end of their claim; a scheduled name is not due', async () => {
      const scheduled = await aTopology();
      const { topology } = await aDueName();
      expect(await dueOf(topology.externalMeetingId, NOW + 14_999)).toBeUndefined();
      expect(await dueOf(topology.externalMeetingId, NOW + 15_000)).toMatchObject({
        reconcileAt: NOW + 15_000,
      });
      expect(await dueOf(scheduled.externalMeetingId, NOW + 1e12)).toBeUndefined();
    });

    it('include ended names, at once', async () => {
      const { externalMeetingId } = await aTopology();
      await markEnded(externalMeetingId, NOW);
      expect(await dueOf(externalMeetingId, NOW)).toBeDefined();
    });
  });

  describe('leasing a due name', () => {
    it('succeeds for one of ten passes', async () => {
      const { due } = await aDueName();
      const took = await atOnce(10, (k) => takePass(due, leaseOf(`reconcile-${k}`, NOW + 90_000)));
      expect(took.filter((each) => each !== 'conflict')).toHaveLength(1);
      expect(await dueOf(due.externalMeetingId, NOW + 89_999)).toBeUndefined();
    });
  });

  describe('finishing a due name', () => {
    it('postpones it, or takes it off the list', async () => {
      const { due } = await aDueName();
      await finishPass(due, { next: NOW + 60_000, isCalm: false, lookedAt: NOW });
      expect(await dueOf(due.externalMeetingId, NOW + 59_999)).toBeUndefined();
      const again = await dueOf(due.externalMeetingId, NOW + 60_000);
      await finishPass(again as Due, 'never');
      expect(await dueOf(due.externalMeetingId, NOW + 1e12)).toBeUndefined();
    });

    it('records when it was looked at, and for how long it is calm unless another write puts it on the list', async () => {
      const { due } = await aDueName();
      const { externalMeetingId } = due;
      const listed = async () => (await readOnList([due]))[0];
      expect(await listed()).not.toHaveProperty('lookedAt');
      await finishPass(due, { next: NOW + 300_000, isCalm: true, lookedAt: NOW });
      const calm = { reconcileAt: NOW + 300_000, calmUntil: NOW + 300_000, lookedAt: NOW, isTaken: false };
      expect(await listed()).toMatchObject(calm);
      await putOnList(externalMeetingId, NOW + 400_000); // it is overdue by then, and stays due
      expect(await listed()).toMatchObject({ calmUntil: 0, lookedAt: NOW });
      const again = await dueOf(externalMeetingId, NOW + 400_000);
      await finishPass(again as Due, { next: NOW + 450_000, isCalm: false, lookedAt: NOW + 1 });
      expect(await listed()).toMatchObject({ calmUntil: 0, reconcileAt: NOW + 450_000, lookedAt: NOW + 1 });
    });

    it('after a look without a lease is a conflict for the second of two, also if both plan the same', async () => {
      const { due } = await aDueName();
      const looked = { next: NOW + 300_000, isCalm: true, lookedAt: NOW };
      const both = [await finishLook(due, looked, 'one'), await finishLook(due, looked, 'other')];
      expect(both).toEqual(['finished', 'conflict']);
      expect((await readOnList([due]))[0]).toMatchObject({ calmUntil: NOW + 300_000, lookedAt: NOW });
    });

    it('keeps what was added meanwhile', async () => {
      const { due } = await aDueName();
      await markEnded(due.externalMeetingId, NOW + 20_000);
      await finishPass(due, 'never');
      expect(await dueOf(due.externalMeetingId, NOW + 20_000)).toBeDefined();
    });
  });
});
