import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { QueuePart } from '../../lib/domain/crowd/seat-queue.ts';
import { freshLook } from '../../lib/store/first-look.ts';
import { queueKey } from '../../lib/store/keys.ts';
import { countInQueue } from '../../lib/store/seat-queue.ts';
import { TableName, table } from '../../lib/store/table.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { atOnce, NOW, onEveryEngine } from './support.ts';

const partsOf = async (name: string): Promise<readonly (QueuePart | undefined)[]> =>
  (await freshLook(name, 'somebody', NOW)).queue?.parts ?? [];
const begin = { opened: 250, since: undefined };
const until = NOW + 5000;
const mediaRegion = 'eu-west-1';

onEveryEngine(() => {
  describe('the queue of a name', () => {
    it('has no parts before the first viewer', async () => {
      expect(await partsOf(uniqueMeetingId())).toEqual([undefined, undefined, undefined, undefined]);
    });

    it('counts all viewers, also of those who begin it at once', async () => {
      const name = uniqueMeetingId();
      await atOnce(3, () => countInQueue(name, { part: 2, viewers: 1, mediaRegion, until, begin }, NOW));
      await countInQueue(
        name,
        { part: 2, viewers: 2.5, mediaRegion: 'sa-east-1', until: until + 1 },
        NOW + 1,
      );
      const from = { 'eu-west-1': 3, 'sa-east-1': 2.5 };
      const part = { since: NOW, opened: 250, viewers: 5.5, from, at: NOW + 1, until: until + 1 };
      expect(await partsOf(name)).toMatchObject([undefined, undefined, part, undefined]);
    });

    it('begins again where it was found empty, once', async () => {
      const name = uniqueMeetingId();
      await countInQueue(name, { part: 0, viewers: 9, mediaRegion: 'sa-east-1', until, begin }, NOW);
      const anew = { opened: 500, since: NOW };
      await atOnce(2, () =>
        countInQueue(name, { part: 0, viewers: 1, mediaRegion, until, begin: anew }, NOW + 7),
      );
      const part = { since: NOW + 7, opened: 500, viewers: 2, from: { 'eu-west-1': 2 } };
      expect((await partsOf(name))[0]).toMatchObject(part);
      expect(Object.keys((await partsOf(name))[0]?.from ?? {})).toEqual(['eu-west-1']);
    });

    it('does not count further viewers in a part of an earlier version, which has no media regions', async () => {
      const name = uniqueMeetingId();
      const Key = queueKey(name, 1);
      const Item = { ...Key, since: NOW, opened: 0, viewers: 4, at: NOW, until };
      await table().send(new PutCommand({ TableName: TableName(), Item }));
      await countInQueue(name, { part: 1, viewers: 1, mediaRegion, until }, NOW + 1);
      expect((await partsOf(name))[1]).toMatchObject({ viewers: 4, at: NOW });
      await countInQueue(
        name,
        { part: 1, viewers: 1, mediaRegion, until, begin: { opened: 0, since: NOW } },
        NOW + 2,
      );
      expect((await partsOf(name))[1]).toMatchObject({ viewers: 1, from: { 'eu-west-1': 1 } });
    });
  });
});
