import type { Participant, Seat } from '../../../lib/domain/meeting/participant.ts';
import type { Counts } from '../../../lib/domain/reconcile/counts.ts';
import { noteSeen, readParticipant, type Subject } from '../../../lib/store/participant/participants.ts';
import { applyPresence, keyOf } from '../../../lib/store/participant/presences.ts';
import {
  leaveSeat,
  returnToSeat,
  stayInSeat,
  takeSeat,
  takeSeatAway,
} from '../../../lib/store/participant/seat-holders.ts';
import { countRetired } from '../../../lib/store/replica/retired-tickets.ts';
import {
  finishGrowth,
  type Growth,
  noteLeakCandidates,
  readCounts,
  repairAway,
  takeGrowth,
} from '../../../lib/store/replica/seat-books.ts';
import { markAway, markBack, openSeats } from '../../../lib/store/replica/seats.ts';
import { drawTicket, hasTickets, returnTicket } from '../../../lib/store/replica/tickets.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { aTopology, atOnce, leaseOf, NOW, onEveryEngine, subject } from '../support.ts';

const SEAT = {
  ordinal: 0,
  ticket: 7,
  meetingId: 'r0',
  mediaRegion: 'us-east-1',
  viewerMediaRegion: 'us-east-1',
  reason: 'own-region',
  rttMs: 5,
  joinedAt: NOW,
} as const;

async function selling(minted: number) {
  const replica = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
  await openSeats(replica, { minted: minted, fence: 1 }, NOW);
  return replica;
}

onEveryEngine(() => {
  describe('the right to add seats', () => {
    it('is won by one of ten, and by another once its lease has run out', async () => {
      const replica = await selling(5);
      const took = await atOnce(10, (k) => takeGrowth(replica, leaseOf(`reconcile-${k}`), NOW));
      expect(took.filter((each) => each !== 'conflict')).toHaveLength(1);
      expect(await takeGrowth(replica, leaseOf('next', NOW + 30_000), NOW + 15_000)).toMatchObject({
        fence: 3,
      });
    });

    it('is won also where the SDK repeated the write', async () => {
      const replica = await selling(5);
      await takeGrowth(replica, leaseOf('reconcile'), NOW);
      const again = (await takeGrowth(replica, leaseOf('reconcile'), NOW)) as Growth;
      expect(await finishGrowth(replica, again, 1)).toBe('grown');
    });

    it('adds them once, and only for its last holder', async () => {
      const replica = await selling(5);
      const first = (await takeGrowth(replica, leaseOf('first'), NOW)) as Growth;
      const second = (await takeGrowth(replica, leaseOf('second', NOW + 30_000), NOW + 15_000)) as Growth;
      expect(await finishGrowth(replica, first, 3)).toBe('conflict');
      expect(await finishGrowth(replica, second, 3)).toBe('grown');
      expect(await finishGrowth(replica, second, 3)).toBe('grown'); // as the SDK repeats a write whose answer is lost
      expect(await finishGrowth(replica, first, 3)).toBe('conflict');
      expect(await readCounts(replica)).toMatchObject({ minted: 8 });
    });

    it('does not come back to the same request with what it began earlier', async () => {
      const replica = await selling(5);
      const first = (await takeGrowth(replica, leaseOf('reconcile'), NOW)) as Growth;
      await takeGrowth(replica, leaseOf('reconcile'), NOW);
      expect(await finishGrowth(replica, first, 3)).toBe('conflict');
    });

    it('is not granted where there is no replica', async () => {
      const nowhere = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
      expect(await takeGrowth(nowhere, leaseOf('reconcile'), NOW)).toBe('conflict');
      expect(await readCounts(nowhere)).toBeUndefined();
    });
  });

  describe('watched tickets', () => {
    it('are noted with the instant, and forgotten when there are none', async () => {
      const replica = await selling(5);
      await noteLeakCandidates(replica, [1, 2], NOW);
      expect(await readCounts(replica)).toMatchObject({ leakCandidates: new Set([1, 2]), leaksNotedAt: NOW });
      await noteLeakCandidates(replica, [], NOW);
      expect(await readCounts(replica)).toMatchObject({ leakCandidates: new Set(), leaksNotedAt: 0 });
    });

    it('are watched no more once they are drawn again', async () => {
      const replica = await selling(2);
      await drawTicket(replica, 'eu-west-1');
      await drawTicket(replica, 'eu-west-1');
      await noteLeakCandidates(replica, [0, 1], NOW);
      await returnTicket(replica, { ticket: 1, resold: 0 });
      expect(await drawTicket(replica, 'eu-west-1')).toMatchObject({ ticket: 1 });
      expect(await readCounts(replica)).toMatchObject({ leakCandidates: new Set([0]), returned: new Set() });
    });
  });

  describe('a replica without a ticket', () => {
    it('has one again when one is handed back, or when seats are minted', async () => {
      const replica = await selling(1);
      await drawTicket(replica, 'eu-west-1');
      expect(await hasTickets(replica)).toBe(false);
      await returnTicket(replica, { ticket: 0, resold: 0 });
      expect(await hasTickets(replica)).toBe(true);
      await drawTicket(replica, 'eu-west-1');
      await finishGrowth(replica, (await takeGrowth(replica, leaseOf('reconcile'), NOW)) as Growth, 1);
      expect(await hasTickets(replica)).toBe(true);
    });
  });

  describe('a seat whose holder comes back', () => {
    const seated = async () => {
      const ann = subject(await aTopology(), 'ann');
      await takeSeat(ann, { seat: SEAT }, NOW);
      return { ...ann, knownEpoch: 1 };
    };
    const recordOf = async ({ topology }: Subject) =>
      (await readParticipant(topology.externalMeetingId, 'ann')) as Participant & { seat: Seat };
    /** Each is evidence of the viewer's presence, noted after the reconciler read the record. */
    const evidence: [string, (ann: Subject, read: Participant & { seat: Seat }) => Promise<unknown>][] = [
      ['joined again', (ann, { seat }) => stayInSeat(ann, { seat }, NOW + 1)],
      ['asked for something else', ({ topology }) => noteSeen(topology, 'ann', NOW + 1)],
      [
        'was seen to connect',
        ({ topology }) =>
          applyPresence(keyOf(topology.externalMeetingId, 'ann'), {
            ...{ state: 'present', at: NOW + 1, meetingId: SEAT.meetingId },
          }),
      ],
    ];

    it.each(evidence)('is not revoked by the reconciler from a viewer who %s meanwhile', async (_, come) => {
      const ann = await seated();
      for (let round = 0; round < 2; round++) {
        const read = await recordOf(ann);
        await come(ann, read);
        if (round === 1) await noteSeen(ann.topology, 'ann', NOW + 2);
        expect(await takeSeatAway(ann, read.seat, { read })).toBe('conflict');
      }
      const read = await recordOf(ann);
      expect(await takeSeatAway(ann, read.seat, { read })).toBe('done');
      expect(await stayInSeat(ann, { seat: read.seat }, NOW + 3)).toBe('conflict');
    });

    it('is not revoked from a viewer who had left it and resumed it meanwhile', async () => {
      const ann = await seated();
      await leaveSeat(ann, SEAT, { now: NOW });
      const read = await recordOf(ann);
      expect(await returnToSeat(ann, { seat: read.seat }, NOW + 1)).toBe('done');
      expect(await takeSeatAway(ann, read.seat, { read })).toBe('conflict');
      expect(await takeSeatAway(ann, read.seat, 'removal')).toBe('conflict');
    });

    it('is revoked by a host also while the viewer sends requests', async () => {
      const ann = await seated();
      await noteSeen(ann.topology, 'ann', NOW + 1);
      expect(await takeSeatAway(ann, SEAT, 'removal')).toBe('done');
    });
  });

  describe('the count of people who are away', () => {
    it('is corrected, unless a ticket was marked, returned or vacated since the counts were read', async () => {
      const replica = await selling(9);
      await atOnce(9, () => drawTicket(replica, 'eu-west-1'));
      const changes = [
        () => markAway(replica, 1),
        () => markBack(replica, 1),
        () => returnTicket(replica, { ticket: 2, resold: 0 }),
        () => countRetired(replica, 3),
      ];
      for (const change of changes) {
        const read = (await readCounts(replica)) as Counts;
        await change();
        expect(await repairAway(replica, { read, away: [5], now: NOW })).toBe('conflict');
      }
      const read = (await readCounts(replica)) as Counts;
      await drawTicket(replica, 'eu-west-1');
      expect(await repairAway(replica, { read, away: [5, 6], now: NOW })).toBe('repaired');
      const repaired = (await readCounts(replica)) as Counts;
      expect(repaired).toMatchObject({ away: new Set([5, 6]), countedAt: NOW });
      expect(await repairAway(replica, { read: repaired, away: [], now: NOW + 1 })).toBe('repaired');
      expect(await readCounts(replica)).toMatchObject({ away: new Set(), countedAt: NOW + 1 });
    });
  });

  describe('a seat that is retired', () => {
    it('is counted once, on every repetition', async () => {
      const replica = await selling(3);
      await atOnce(5, () => countRetired(replica, 2));
      expect(await readCounts(replica)).toMatchObject({ retired: new Set([2]) });
    });
  });
});
