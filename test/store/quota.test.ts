import { settings } from '../../lib/settings.ts';
import { type Opener, quotaFreeIn, readQuota, reservePermit, reservePermits } from '../../lib/store/quota.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { atOnce, NOW, onEveryEngine } from './support.ts';

const turn = (operation: string, more: Partial<Parameters<typeof reservePermit>[1]> = {}) =>
  reservePermit(operation, { now: NOW, maxWaitMs: 0, ...more });
const waits = (turns: Awaited<ReturnType<typeof reservePermit>>[]) =>
  turns.flatMap((each) => ('waitMs' in each ? [each.waitMs] : [])).sort((a, b) => a - b);

onEveryEngine(() => {
  describe('a permit at a frozen clock', () => {
    it('needs no wait for the burst less two, out of a hundred concurrent callers', async () => {
      const operation = uniqueMeetingId();
      const turns = await atOnce(100, () => turn(operation));
      expect(waits(turns)).toEqual(Array(settings().chimeBurst - 2).fill(0));
    });

    it('comes later and later for callers beyond the burst, one at a time', async () => {
      const operation = uniqueMeetingId();
      const turns = await atOnce(100, () => turn(operation, { maxWaitMs: 1000 }));
      const { chimeBurst, chimeRatePerSecond } = settings();
      const growing = Array.from({ length: 10 }, (_, k) => ((k + 0.5) * 1000) / chimeRatePerSecond);
      expect(waits(turns)).toEqual([...Array(chimeBurst - 2).fill(0), ...growing]);
    });

    it('is refused beyond maxWaitMs, with a retry time, and reserves nothing', async () => {
      const operation = uniqueMeetingId();
      await atOnce(100, () => turn(operation));
      expect(await turn(operation, { maxWaitMs: 49 })).toEqual({ retryAfterMs: expect.any(Number) });
      expect(await turn(operation, { maxWaitMs: 50 })).toEqual({ waitMs: 50 });
    });
  });

  describe('several permits', () => {
    it('are reserved together, each at its time, or not at all', async () => {
      const operation = uniqueMeetingId();
      await atOnce(17, () => turn(operation));
      const wanted = { now: NOW, maxWaitMs: 200 };
      expect(await reservePermits(operation, 4, wanted)).toEqual({ retryAfterMs: expect.any(Number) });
      expect(await reservePermits(operation, 3, wanted)).toEqual({ waitsMs: [0, 50, 150] });
    });

    it('are given to one of many who ask at once for the last of the burst', async () => {
      const operation = uniqueMeetingId();
      await atOnce(12, () => turn(operation));
      const three = await atOnce(3, () => reservePermits(operation, 6, { now: NOW, maxWaitMs: 0 }));
      expect(three.filter((permits) => 'waitsMs' in permits)).toHaveLength(1);
    });
  });

  describe('the names that reserve the permits of replicas', () => {
    const opener = (externalMeetingId: string, more: Partial<Opener> = {}): Opener => ({
      ...{ externalMeetingId, competitor: { replicas: 2, at: NOW }, past: [], ...more },
    });
    const reserve = (operation: string, name: Opener) =>
      reservePermits(operation, 1, { now: NOW, maxWaitMs: 0, opener: name });

    it('are recorded with the reservation, each with its replicas', async () => {
      const operation = uniqueMeetingId();
      await reserve(operation, opener('one'));
      await reserve(operation, opener('other#name', { competitor: { replicas: 5, at: NOW + 1 } }));
      await reserve(operation, opener('one', { competitor: { replicas: 3, at: NOW + 2 } }));
      expect((await readQuota(operation)).competitors).toEqual({
        one: { replicas: 3, at: NOW + 2 },
        'other#name': { replicas: 5, at: NOW + 1 },
      });
    });

    it('are deleted by the next reservation once they are past', async () => {
      const operation = uniqueMeetingId();
      await reserve(operation, opener('one'));
      await reserve(operation, opener('other', { past: ['one', 'other', 'unknown'] }));
      expect(Object.keys((await readQuota(operation)).competitors)).toEqual(['other']);
    });
  });

  describe('the time of the next free permit', () => {
    it('is now, where no permit is reserved or the burst lasts', async () => {
      const operation = uniqueMeetingId();
      expect(await quotaFreeIn(operation, NOW)).toBe(0);
      await atOnce(17, () => turn(operation));
      expect(await quotaFreeIn(operation, NOW)).toBe(0);
    });

    it('is after all reserved permits, to the millisecond', async () => {
      const operation = uniqueMeetingId();
      await atOnce(100, () => turn(operation, { maxWaitMs: 700 }));
      const freeIn = await quotaFreeIn(operation, NOW);
      expect(freeIn).toBe(750);
      expect(await turn(operation, { now: NOW + freeIn - 1 })).toMatchObject({
        retryAfterMs: expect.any(Number),
      });
      expect(await turn(operation, { now: NOW + freeIn })).toEqual({ waitMs: 0 });
    });
  });

  describe('the quota over time', () => {
    it('refills at its rate', async () => {
      const operation = uniqueMeetingId();
      await atOnce(30, () => turn(operation));
      const later = await atOnce(30, () => turn(operation, { now: NOW + 500 }));
      expect(waits(later)).toEqual(Array(5).fill(0));
    });

    it('refills up to the burst less two, and no further', async () => {
      const operation = uniqueMeetingId();
      await atOnce(30, () => turn(operation));
      const muchLater = await atOnce(50, () => turn(operation, { now: NOW + 3_600_000 }));
      expect(waits(muchLater)).toEqual(Array(settings().chimeBurst - 2).fill(0));
    });
  });

  describe('another operation', () => {
    it('has its own quota', async () => {
      await atOnce(30, () => turn('one'));
      expect(await turn(uniqueMeetingId())).toEqual({ waitMs: 0 });
    });
  });
});
