import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { seatsKey } from '../../../lib/store/keys.ts';
import { readArrivals, readCame } from '../../../lib/store/replica/arrivals.ts';
import { countRetired } from '../../../lib/store/replica/retired-tickets.ts';
import {
  closeSeats,
  markAway,
  markBack,
  openSeats,
  readSeats,
  seated,
} from '../../../lib/store/replica/seats.ts';
import { drawTicket, returnTicket } from '../../../lib/store/replica/tickets.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { atOnce, NOW, onEveryEngine } from '../support.ts';

const aReplica = () => ({ externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 });

async function selling(minted: number) {
  const replica = aReplica();
  await openSeats(replica, { minted: minted, fence: 1 }, NOW);
  return replica;
}

const ticketsOf = (drawn: Awaited<ReturnType<typeof drawTicket>>[]) =>
  drawn.flatMap((each) => (each === 'sold-out' ? [] : [each.ticket]));
const countOf = async (replica: ReturnType<typeof aReplica>) => (await readSeats([replica])).get(0);

onEveryEngine(() => {
  describe('drawing tickets', () => {
    it('never gives the same number twice, nor more than were minted: 200 draws, 150 seats', async () => {
      const replica = await selling(150);
      const drawn = await atOnce(200, () => drawTicket(replica, 'eu-west-1'));
      const tickets = ticketsOf(drawn).sort((a, b) => a - b);
      expect(tickets).toEqual(Array.from({ length: 150 }, (_, k) => k));
      expect(await countOf(replica)).toMatchObject({ minted: 150, taken: 150 });
    });

    it('gives none where no seats were opened', async () => {
      expect(await drawTicket(aReplica(), 'eu-west-1')).toBe('sold-out');
    });

    it('gives the number of seats, which the soft mark needs', async () => {
      expect(await drawTicket(await selling(5), 'eu-west-1')).toEqual({ ticket: 0, minted: 5, resold: 0 });
    });

    it('continues with the next number when the seats are opened again', async () => {
      const replica = await selling(5);
      await drawTicket(replica, 'eu-west-1');
      await openSeats(replica, { minted: 5, fence: 1 }, NOW);
      expect(await drawTicket(replica, 'eu-west-1')).toMatchObject({ ticket: 1 });
    });
  });

  describe('seats that two claims on a replica put on sale', () => {
    it('are those of the later claim, in any order of the writes', async () => {
      for (const order of [
        [1, 2],
        [2, 1],
      ]) {
        const replica = aReplica();
        for (const fence of order) await openSeats(replica, { minted: fence * 10, fence }, NOW);
        expect(await countOf(replica)).toMatchObject({ minted: 20 });
      }
    });

    it('stay as they are once a ticket is drawn, or once they are closed', async () => {
      const replica = await selling(5);
      await drawTicket(replica, 'eu-west-1');
      expect(await openSeats(replica, { minted: 9, fence: 2 }, NOW)).toBe('conflict');
      expect(await countOf(replica)).toMatchObject({ minted: 5, taken: 1 });
      const closed = await selling(5);
      await closeSeats(closed);
      expect(await openSeats(closed, { minted: 9, fence: 2 }, NOW)).toBe('conflict');
    });

    it('are on sale also where the SDK retried the write', async () => {
      const replica = aReplica();
      expect(await openSeats(replica, { minted: 5, fence: 1 }, NOW)).toBe('opened');
      expect(await openSeats(replica, { minted: 5, fence: 1 }, NOW)).toBe('opened');
    });
  });

  describe('returned tickets', () => {
    it('are drawn again exactly once, each by one viewer', async () => {
      const replica = await selling(10);
      await atOnce(10, () => drawTicket(replica, 'eu-west-1'));
      await Promise.all([2, 5, 7, 7].map((ticket) => returnTicket(replica, { ticket, resold: 0 })));
      const drawn = await atOnce(20, () => drawTicket(replica, 'eu-west-1'));
      expect(ticketsOf(drawn).sort()).toEqual([2, 5, 7]);
      expect(await drawTicket(replica, 'eu-west-1')).toBe('sold-out');
    });

    it('are not on sale twice when they are returned again after a lost response', async () => {
      const replica = await selling(1);
      await drawTicket(replica, 'eu-west-1');
      await returnTicket(replica, { ticket: 0, resold: 0 });
      expect(await drawTicket(replica, 'eu-west-1')).toMatchObject({ ticket: 0 });
      await returnTicket(replica, { ticket: 0, resold: 0 });
      expect(await drawTicket(replica, 'eu-west-1')).toBe('sold-out');
    });

    it('stay off sale where their seat was counted as retired meanwhile', async () => {
      const replica = await selling(1);
      await drawTicket(replica, 'eu-west-1');
      await countRetired(replica, 0);
      await returnTicket(replica, { ticket: 0, resold: 0 });
      expect(await drawTicket(replica, 'eu-west-1')).toBe('sold-out');
    });

    it('are not counted as seated, until they are drawn again', async () => {
      const replica = await selling(2);
      await atOnce(2, () => drawTicket(replica, 'eu-west-1'));
      await returnTicket(replica, { ticket: 1, resold: 0 });
      expect(seated((await countOf(replica)) as never)).toBe(1);
      await drawTicket(replica, 'eu-west-1');
      expect(seated((await countOf(replica)) as never)).toBe(2);
    });
  });

  describe('a replica whose counts an earlier version began', () => {
    /** The same without the counts that were added since. */
    async function begunEarlier(minted: number) {
      const replica = await selling(minted);
      const bare = { ...seatsKey(replica), minted, taken: 0, released: 3 };
      await table().send(new PutCommand({ TableName: TableName(), Item: bare }));
      return replica;
    }

    it('goes on selling, also returned tickets', async () => {
      const replica = await begunEarlier(1);
      expect(await drawTicket(replica, 'eu-west-1')).toMatchObject({ ticket: 0, resold: 0 });
      await returnTicket(replica, { ticket: 0, resold: 0 });
      expect(await drawTicket(replica, 'eu-west-1')).toMatchObject({ ticket: 0, resold: 1 });
    });

    it('counts the arrivals since', async () => {
      const replica = await begunEarlier(5);
      const where = { ...replica, replicas: [{ ordinal: 0, state: 'open' }] } as unknown as Topology;
      expect(await readArrivals(where)).toEqual({});
      await drawTicket(replica, 'eu-west-1');
      expect(await readArrivals(where)).toEqual({ 'eu-west-1': 1 });
    });
  });

  describe('closed seats', () => {
    it('sell nothing, not even returned tickets', async () => {
      const replica = await selling(5);
      await drawTicket(replica, 'eu-west-1');
      await returnTicket(replica, { ticket: 0, resold: 0 });
      await closeSeats(replica);
      await closeSeats(replica);
      expect(await atOnce(5, () => drawTicket(replica, 'eu-west-1'))).toEqual(Array(5).fill('sold-out'));
    });

    it('are not created by closing them', async () => {
      const replica = aReplica();
      await closeSeats(replica);
      expect(await countOf(replica)).toBeUndefined();
    });
  });

  describe('the arrivals of an epoch', () => {
    it('are counted by the viewer’s own media region, over all replicas, also dead ones', async () => {
      const replica = await selling(5);
      const second = { ...replica, ordinal: 1 };
      await openSeats(second, { minted: 5, fence: 1 }, NOW);
      await drawTicket(replica, 'eu-west-1');
      await drawTicket(replica, 'ap-south-1');
      await drawTicket(second, 'eu-west-1');
      const standing = [
        { ordinal: 1, state: 'open' },
        { ordinal: 2, state: 'claimed' },
      ];
      const where = { ...replica, replicas: standing } as unknown as Topology;
      expect(await readArrivals(where)).toEqual({ 'eu-west-1': 2, 'ap-south-1': 1 });
    });

    it('say whether viewers came in bursts from one media region, by the first ticket of each', async () => {
      const [inBursts, mixed] = [await selling(20), await selling(20)];
      for (let k = 0; k < 16; k++) {
        await drawTicket(inBursts, k < 8 ? 'eu-west-1' : 'ap-south-1', `${k}`);
        await drawTicket(mixed, k % 2 === 0 ? 'eu-west-1' : 'ap-south-1');
      }
      const cameTo = (replica: ReturnType<typeof aReplica>) =>
        readCame({ ...replica, replicas: [{ ordinal: 0, state: 'open' }] } as unknown as Topology);
      const arrivals = { 'eu-west-1': 8, 'ap-south-1': 8 };
      expect(await cameTo(inBursts)).toEqual({ arrivals, inBursts: true });
      expect(await cameTo(mixed)).toEqual({ arrivals });
    });

    it('are none where no ticket was drawn', async () => {
      expect(await readArrivals({ ...aReplica(), replicas: [] } as unknown as Topology)).toEqual({});
    });
  });

  describe('reading the counts', () => {
    it('covers many replicas by ordinal, and leaves out those that do not exist', async () => {
      const first = await selling(5);
      const third = { ...first, ordinal: 2 };
      await openSeats(third, { minted: 7, fence: 1 }, NOW);
      const counts = await readSeats([first, { ...first, ordinal: 1 }, third]);
      expect([...counts.keys()].sort()).toEqual([0, 2]);
      expect(counts.get(2)).toMatchObject({ minted: 7, taken: 0, retired: 0, away: 0, returned: 0 });
      expect((await readSeats([])).size).toBe(0);
    });

    it('includes the seats that were left and resumed, for any number of repetitions', async () => {
      const replica = await selling(5);
      await atOnce(3, () => drawTicket(replica, 'eu-west-1'));
      await atOnce(3, () => markAway(replica, 0));
      await markAway(replica, 2);
      expect(seated((await countOf(replica)) as never)).toBe(1);
      await atOnce(3, () => markBack(replica, 2));
      expect(seated((await countOf(replica)) as never)).toBe(2);
    });

    it('counts a seat once that was left and then vacated, or returned', async () => {
      const replica = await selling(5);
      await atOnce(4, () => drawTicket(replica, 'eu-west-1'));
      for (const ticket of [0, 1]) await markAway(replica, ticket);
      await countRetired(replica, 0);
      await markAway(replica, 0);
      await returnTicket(replica, { ticket: 1, resold: 0 });
      expect(await countOf(replica)).toMatchObject({ taken: 4, returned: 1, retired: 1, away: 0 });
      expect(seated((await countOf(replica)) as never)).toBe(2);
    });
  });
});
