import type { QueuePart } from '../../lib/domain/crowd/seat-queue.ts';
import { freshLook } from '../../lib/store/first-look.ts';
import { countInQueue } from '../../lib/store/seat-queue.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { atOnce, NOW, onEveryEngine } from './support.ts';

const partsOf = async (name: string): Promise<readonly (QueuePart | undefined)[]> =>
  (await freshLook(name, 'somebody', NOW)).queue?.parts ?? [];
const begin = { opened: 250, since: undefined };
const until = NOW + 5000;

onEveryEngine(() => {
  describe('the queue of a name', () => {
    it('has no parts before the first viewer', async () => {
      expect(await partsOf(uniqueMeetingId())).toEqual([undefined, undefined, undefined, undefined]);
    });

    it('counts all viewers, also of those who begin it at once', async () => {
      const name = uniqueMeetingId();
      await atOnce(3, () => countInQueue(name, { part: 2, viewers: 1, until, begin }, NOW));
      await countInQueue(name, { part: 2, viewers: 2.5, until: until + 1 }, NOW + 1);
      const part = { since: NOW, opened: 250, viewers: 5.5, at: NOW + 1, until: until + 1 };
      expect(await partsOf(name)).toMatchObject([undefined, undefined, part, undefined]);
    });

    it('begins again where it was found empty, once', async () => {
      const name = uniqueMeetingId();
      await countInQueue(name, { part: 0, viewers: 9, until, begin }, NOW);
      const anew = { opened: 500, since: NOW };
      await atOnce(2, () => countInQueue(name, { part: 0, viewers: 1, until, begin: anew }, NOW + 7));
      expect((await partsOf(name))[0]).toMatchObject({ since: NOW + 7, opened: 500, viewers: 2 });
    });
  });
});
