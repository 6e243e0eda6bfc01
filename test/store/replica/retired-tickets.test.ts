import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ReplicaKey, seatsKey } from '../../../lib/store/keys.ts';
import { countRetired, MOST_RETIRED } from '../../../lib/store/replica/retired-tickets.ts';
import { noteLeakCandidates, readCounts } from '../../../lib/store/replica/seat-books.ts';
import { markAway, openSeats } from '../../../lib/store/replica/seats.ts';
import { drawTicket, returnTicket, type Ticket } from '../../../lib/store/replica/tickets.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { atOnce, NOW, onEveryEngine } from '../support.ts';

const aReplica = () => ({ externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

/** A replica with this many drawn tickets, the first of which were retired. */
async function withVacant(vacated: number, taken: number): Promise<ReplicaKey> {
  const replica = aReplica();
  const retired = new Set(range(0, vacated));
  const Item = { ...seatsKey(replica), minted: taken + 10, taken, fence: 1, retired, vacated };
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
  [...((await readCounts(replica))?.retired ?? [])].sort((a, b) => a - b);

onEveryEngine(() => {
  describe('the retired seats', () => {
    it('are known for ever, on both sides of the watermark, and each is counted once', async () => {
      const replica = await withVacant(MOST_RETIRED, MOST_RETIRED + 10);
      await countRetired(replica, MOST_RETIRED);
      expect(await itemOf(replica)).toMatchObject({
        watermark: MOST_RETIRED + 10,
        survivors: new Set(range(MOST_RETIRED + 1, MOST_RETIRED + 10)),
      });
      await draw(replica);
      const some = [0, MOST_RETIRED + 3, MOST_RETIRED + 3, MOST_RETIRED + 10, MOST_RETIRED + 10];
      await atOnce(some.length, (k) => countRetired(replica, some[k] as number));
      const expected = [...range(0, MOST_RETIRED + 1), MOST_RETIRED + 3, MOST_RETIRED + 10];
      expect(await vacantIn(replica)).toEqual(expected);
      expect(await itemOf(replica)).toMatchObject({ vacated: expected.length });
    });

    it('are all counted when two passes retire seats while the watermark moves', async () => {
      const replica = await withVacant(MOST_RETIRED - 10, MOST_RETIRED + 40);
      const twice = range(MOST_RETIRED - 10, MOST_RETIRED + 20).flatMap((ticket) => [ticket, ticket]);
      await atOnce(twice.length, (k) => countRetired(replica, twice[k] as number));
      expect(await vacantIn(replica)).toEqual(range(0, MOST_RETIRED + 20));
      const { retired, survivors } = (await itemOf(replica)) as Record<string, Set<number> | undefined>;
      expect((retired?.size ?? 0) + (survivors?.size ?? 0)).toBeLessThanOrEqual(MOST_RETIRED + 40);
    });

    it('include no survivor where all were retired', async () => {
      const replica = await withVacant(MOST_RETIRED, MOST_RETIRED + 1);
      await countRetired(replica, MOST_RETIRED);
      const { retired, survivors, watermark } = await itemOf(replica);
      expect([retired, survivors, watermark]).toEqual([undefined, undefined, MOST_RETIRED + 1]);
      expect(await vacantIn(replica)).toEqual(range(0, MOST_RETIRED + 1));
      await markAway(replica, 3);
      await returnTicket(replica, { ticket: 3, resold: 0 });
      expect(await readCounts(replica)).toMatchObject({ away: new Set(), returned: new Set() });
    });

    it('are never on sale, nor away: their marks are removed with them', async () => {
      const replica = aReplica();
      await openSeats(replica, { minted: 3, fence: 1 }, NOW);
      for (const _ of range(0, 3)) await draw(replica);
      for (const resold of [0, 1]) {
        await returnTicket(replica, { ticket: 1, resold });
        await draw(replica);
      }
      await markAway(replica, 1);
      await noteLeakCandidates(replica, [1], NOW);
      await countRetired(replica, 1);
      await returnTicket(replica, { ticket: 1, resold: 2 });
      await markAway(replica, 1);
      const { retired, ...item } = await itemOf(replica);
      expect(retired).toEqual(new Set([1]));
      expect(Object.keys(item).filter((name) => /resold|returned|away|leakCandidates/.test(name))).toEqual(
        [],
      );
    });
  });
});
