import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { itemBytes } from '../../bench/virtual/item-size.ts';
import { type ReplicaKey, seatsKey } from '../../lib/store/keys.ts';
import {
  finishGrowth,
  type Growth,
  noteSuspects,
  readCounts,
  takeGrowth,
} from '../../lib/store/seat-books.ts';
import { markAway, openSeats } from '../../lib/store/seats.ts';
import { TableName, table } from '../../lib/store/table.ts';
import { drawTicket, returnTicket, type Ticket } from '../../lib/store/tickets.ts';
import { countVacant, MOST_VACANT } from '../../lib/store/vacancies.ts';
import { aName } from '../support/people.ts';
import { atOnce, leaseOf, NOW, onEveryEngine } from './support.ts';

async function selling(minted: number): Promise<ReplicaKey> {
  const replica = { externalMeetingId: aName(), birth: 'first', epoch: 1, ordinal: 0 };
  await openSeats(replica, { minted, fence: 1 }, NOW);
  return replica;
}

async function itemOf(replica: ReplicaKey): Promise<Record<string, unknown>> {
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key: seatsKey(replica) }));
  return Item as Record<string, unknown>;
}

async function grow(replica: ReplicaKey, by: number): Promise<void> {
  const growth = (await takeGrowth(replica, leaseOf('sweep'), NOW)) as Growth;
  await finishGrowth(replica, growth, by);
}

const draw = async (replica: ReplicaKey) => (await drawTicket(replica, 'eu-west-1')) as Ticket;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);
/** In the order of their numbers. */
const vacantIn = async (replica: ReplicaKey) =>
  [...((await readCounts(replica))?.vacant ?? [])].sort((a, b) => a - b);

onEveryEngine(() => {
  describe('the seats that were vacated', () => {
    it('are known for ever, on both sides of the watermark, and each is counted once', async () => {
      const replica = await selling(MOST_VACANT + 20);
      await atOnce(MOST_VACANT + 10, () => draw(replica));
      await atOnce(MOST_VACANT + 1, (ticket) => countVacant(replica, ticket));
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

    it('are never on sale, nor away: what the item says of a ticket goes with its seat', async () => {
      const replica = await selling(3);
      await atOnce(3, () => draw(replica));
      for (const _ of [1, 2]) {
        await returnTicket(replica, { ticket: 1, resold: _ - 1 });
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

    it('are all counted that two sweeps vacate while the watermark moves', async () => {
      const replica = await selling(3 * MOST_VACANT);
      await atOnce(3 * MOST_VACANT, () => draw(replica));
      const twice = range(0, 2 * MOST_VACANT + 40).flatMap((ticket) => [ticket, ticket]);
      await atOnce(twice.length, (k) => countVacant(replica, twice[k] as number));
      expect(await vacantIn(replica)).toEqual(range(0, 2 * MOST_VACANT + 40));
    });
  });
});

describe('the item with the counts of a replica of 250 seats', () => {
  onEveryEngine(() => {
    it('stays below 4 KB over thousands of seats that are replaced, at its largest', async () => {
      const capacity = 250;
      const replica = await selling(capacity);
      let most = 0;
      for (let from = 0; from < 3000; from += capacity) {
        const tickets = range(from, from + capacity);
        await atOnce(capacity, () => draw(replica));
        await atOnce(capacity, (k) => markAway(replica, tickets[k] as number));
        await noteSuspects(replica, tickets, NOW);
        most = Math.max(most, itemBytes(marshall(await itemOf(replica)) as never));
        await atOnce(capacity, (k) => countVacant(replica, tickets[k] as number));
        await grow(replica, capacity);
        most = Math.max(most, itemBytes(marshall(await itemOf(replica)) as never));
      }
      expect(await readCounts(replica)).toMatchObject({ taken: 3000, minted: 3250, vacated: 3000 });
      expect(most).toBeLessThan(4096);
    });
  });
});
