import type { QueuePart } from '../../lib/domain/crowd/seat-queue.ts';
import { freshLook } from '../../lib/store/first-look.ts';
import { moveQueue } from '../../lib/store/seat-queue.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { atOnce, NOW, onEveryEngine } from './support.ts';

const partsOf = async (name: string): Promise<readonly QueuePart[]> =>
  (await freshLook(name, 'somebody', NOW)).queue?.parts ?? [];

onEveryEngine(() => {
  describe('the queue of a name', () => {
    it('has no parts before the first viewer', async () => {
      expect(await partsOf(uniqueMeetingId())).toEqual([]);
    });

    it('moves on by the steps of all viewers, also of those who begin it at once', async () => {
      const name = uniqueMeetingId();
      await atOnce(3, () => moveQueue(name, { part: 2, stepMs: 5 }, NOW));
      const [part] = await partsOf(name);
      expect(part?.since).toBe(NOW);
      expect([NOW + 10, NOW + 15]).toContain(part?.endsAt); // of many who begin it at once, one may not be counted
      await moveQueue(name, { part: 2, stepMs: 5 }, NOW + 1);
      expect(await partsOf(name)).toEqual([{ since: NOW, endsAt: (part?.endsAt ?? 0) + 5 }]);
    });

    it('begins again after its end has passed', async () => {
      const name = uniqueMeetingId();
      await moveQueue(name, { part: 0, stepMs: 100 }, NOW);
      await moveQueue(name, { part: 0, stepMs: 7 }, NOW + 100);
      expect(await partsOf(name)).toEqual([{ since: NOW + 100, endsAt: NOW + 107 }]);
    });
  });
});
