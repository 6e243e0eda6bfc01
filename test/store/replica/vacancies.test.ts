import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ReplicaKey, seatsKey } from '../../../lib/store/keys.ts';
import { noteSuspects, readCounts } from '../../../lib/store/replica/seat-books.ts';
import { markAway, openSeats } from '../../../lib/store/replica/seats.ts';
import { drawTicket, returnTicket, type Ticket } from '../../../lib/store/replica/tickets.ts';
import { countVacant, MOST_VACANT } from '../../../lib/store/replica/vacancies.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { aName } from '../../support/people.ts';
import { atOnce, NOW, onEveryEngine } from '../support.ts';

const aReplica = () => ({ externalMeetingId: aName(), birth: 'first', epoch: 1, ordinal: 0 });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

/** A replica of which so many tickets were drawn, and the first of these vacated. */
async function withVacant(vacated: number, taken: number): Promise<ReplicaKey> {
  const replica = aReplica();
  const vacant = new Set(range(0, vacated));
  const Item = { ...seatsKey(replica), minted: taken + 10, taken, fence: 1, vacant, vacated };
  await table().send(new PutCommand({ TableName: TableName(), Item }));
  return replica;
}

async function itemOf(replica: ReplicaKey): Promise<Record<string, unknown>> {
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key: seatsKey(replica) }));
  return Item as Record<string, unknown>;
}

const draw = async (replica: ReplicaKey) => (await drawTicket(replica, 'eu-west-1')) as Ticket;
/** In the order of their numbers. */
const vacantIn = async (replica: ReplicaKey) =>
  [...((await readCounts(replica))?.vacant ?? [])].sort((a, b) => a - b);

onEveryEngine(() => {
  describe('the seats that were vacated', () => {
    it('are known for ever, on both sides of the watermark, and each is counted once', async () => {
      const replica = await withVacant(MOST_VACANT, MOST_VACANT + 10);
      await countVacant(replica, MOST_VACANT);
      expect(await itemOf(replica)).toMatchObject({
        watermark: MOST_VACANT + 10,
        survivors: new Set(range(MOST_VACANT + 1, MOST_VACANT + 10)),
      });
      await draw(replica);
      const some = [0, MOST_VACANT + 3, MOST_VACANT + 3, MOST_VACANT + 10, MOST_VACANT + 10];
      await atOnce(some.length, (k) => countVacant(replica, some[k] as number));
      const expected = [...range(0, MOST_VACANT + 1), MOST_VACANT + 3, MOST_VACANT + 10];
      expect(await vacantIn(replica)).toEqual(expected);
      expect(await itemOf(replica)).toMatchObject({ vacated: expected.length });
    });

    it('are all counted that two sweeps vacate while the watermark moves', async () => {
      const replica = await withVacant(MOST_VACANT - 10, MOST_VACANT + 40);
      const twice = range(MOST_VACANT - 10, MOST_VACANT + 20).flatMap((ticket) => [ticket, ticket]);
      await atOnce(twice.length, (k) => countVacant(replica, twice[k] as number));
      expect(await vacantIn(replica)).toEqual(range(0, MOST_VACANT + 20));
      const { vacant, survivors } = (await itemOf(replica)) as Record<string, Set<number> | undefined>;
      expect((vacant?.size ?? 0) + (survivors?.size ?? 0)).toBeLessThanOrEqual(MOST_VACANT + 40);
    });

    it('are none of the survivors where all were vacated', async () => {
      const replica = await withVacant(MOST_VACANT, MOST_VACANT + 1);
      await countVacant(replica, MOST_VACANT);
      const { vacant, survivors, watermark } = await itemOf(replica);
      expect([vacant, survivors, watermark]).toEqual([undefined, undefined, MOST_VACANT + 1]);
      expect(await vacantIn(replica)).toEqual(range(0, MOST_VACANT + 1));
      await markAway(replica, 3);
      await returnTicket(replica, { ticket: 3, resold: 0 });
      expect(await readCounts(replica)).toMatchObject({ away: new Set(), spare: new Set() });
    });

    it('are never on sale, nor away: what the item says of a ticket goes with its seat', async () => {
      const replica = aReplica();
      await openSeats(replica, { minted: 3, fence: 1 }, NOW);
      for (const _ of range(0, 3)) await draw(replica);
      for (const resold of [0, 1]) {
        await returnTicket(replica, { ticket: 1, resold });
        await draw(replica);
      }
      await markAway(replica, 1);
      await noteSuspects(replica, [1], NOW);
      await countVacant(replica, 1);
      await returnTicket(replica, { ticket: 1, resold: 2 });
      await markAway(replica, 1);
      const { vacant, ...item } = await itemOf(replica);
      expect(vacant).toEqual(new Set([1]));
      expect(Object.keys(item).filter((name) => /resold|spare|away|suspects/.test(name))).toEqual([]);
    });
  });
});
