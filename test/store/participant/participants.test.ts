import type { Seat } from '../../../lib/domain/meeting/participant.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { changeParticipant, readParticipant } from '../../../lib/store/participant/participants.ts';
import { leaveSeat, returnToSeat, takeSeat } from '../../../lib/store/participant/seat-holders.ts';
import { aTopology, atOnce, NOW, onEveryEngine, subject } from '../support.ts';

const seat = (ticket: number): Seat => ({
  ordinal: 0,
  ticket,
  meetingId: 'the-replica',
  mediaRegion: 'eu-west-1',
  viewerMediaRegion: 'eu-west-1',
  reason: 'own-region',
  rttMs: 1,
  joinedAt: NOW,
});
const ada = (topology: Topology, knownEpoch?: number) =>
  subject(topology, 'ada', knownEpoch === undefined ? {} : { knownEpoch });
const recordOf = ({ externalMeetingId }: Topology) => readParticipant(externalMeetingId, 'ada');

async function seatedAda() {
  const topology = await aTopology();
  await takeSeat(ada(topology), { seat: seat(7) }, NOW);
  return { topology, known: ada(topology, 1) };
}

onEveryEngine(() => {
  describe('assigning a seat', () => {
    it('records its holder, who is found by the attendee in Chime’s events', async () => {
      const { topology } = await seatedAda();
      const record = {
        externalUserId: 'ada',
        role: 'viewer',
        epoch: 1,
        seat: seat(7),
        seatKey: 'the-replica#7',
      };
      expect(await recordOf(topology)).toMatchObject(record);
    });

    it('gives one person one seat, from ten devices at once', async () => {
      const topology = await aTopology();
      const taken = await atOnce(10, (k) => takeSeat(ada(topology), { seat: seat(k) }, NOW));
      expect(taken.filter((each) => each === 'done')).toHaveLength(1);
      expect((await recordOf(topology))?.seat?.ticket).toBe(taken.indexOf('done'));
    });

    it('is a conflict for a person who has a seat, even one that the person left', async () => {
      const { topology, known } = await seatedAda();
      expect(await takeSeat(known, { seat: seat(8) }, NOW)).toBe('conflict');
      await leaveSeat(known, seat(7), { now: NOW });
      expect(await takeSeat(known, { seat: seat(8) }, NOW)).toBe('conflict');
      expect((await recordOf(topology))?.seat).toMatchObject({ ticket: 7, left: true });
    });
  });

  describe('leaving a seat and returning to it', () => {
    it('happens once, for any number of concurrent requests', async () => {
      const { topology, known } = await seatedAda();
      const left = await atOnce(10, (k) => leaveSeat(known, seat(7), { now: NOW + k }));
      expect(left.filter((each) => each === 'done')).toHaveLength(1);
      const back = await atOnce(10, (k) =>
        returnToSeat(known, { seat: { ...seat(7), left: true } }, NOW + k),
      );
      expect(back.filter((each) => each === 'done')).toHaveLength(1);
      expect((await recordOf(topology))?.seat).toEqual({
        ...seat(7),
        joinedAt: NOW + back.indexOf('done'),
      });
    });

    it('is a conflict for a seat of another person', async () => {
      const { known } = await seatedAda();
      expect(await leaveSeat(known, seat(8), { now: NOW })).toBe('conflict');
      expect(await returnToSeat(known, { seat: seat(7) }, NOW + 1)).toBe('conflict');
    });
  });

  describe('a record of an older epoch', () => {
    it('loses its seat, its place and its index entries by the first write of the next epoch', async () => {
      const { topology } = await seatedAda();
      const place = { state: 'held', joinedAt: NOW };
      await changeParticipant(ada(topology, 1), { set: { place }, clauses: [] });
      const next = { ...topology, epoch: 2 };
      expect(await changeParticipant(ada(next, 1), { set: { role: 'host' }, clauses: [] })).toBe('done');
      const {
        seat: voided,
        place: gone,
        seatKey,
        ...rest
      } = (await recordOf(topology)) as never as Record<string, unknown>;
      expect([voided, gone, seatKey]).toEqual([undefined, undefined, undefined]);
      expect(rest).toMatchObject({ externalUserId: 'ada', role: 'host', epoch: 2 });
    });

    it('is written first by one of ten requests, and their writes stay', async () => {
      const { topology } = await seatedAda();
      const next = { ...topology, epoch: 2 };
      const taken = await atOnce(10, (k) => takeSeat(ada(next, 1), { seat: seat(k) }, NOW));
      expect(taken.filter((each) => each === 'done')).toHaveLength(1);
      expect(await recordOf(topology)).toMatchObject({ epoch: 2, seat: { ticket: taken.indexOf('done') } });
    });

    it('is never written by a request with a stale epoch', async () => {
      const { topology } = await seatedAda();
      await takeSeat(ada({ ...topology, epoch: 2 }, 1), { seat: seat(9) }, NOW);
      expect(await takeSeat(ada(topology, 1), { seat: seat(3) }, NOW)).toBe('conflict');
      expect(await leaveSeat(ada(topology, 1), seat(9), { now: NOW })).toBe('conflict');
      expect(await takeSeat(ada(topology), { seat: seat(3) }, NOW)).toBe('conflict');
    });
  });

  describe('a record of another incarnation of the name', () => {
    const reborn = (topology: Topology, epoch: number) => ({
      ...topology,
      incarnation: 'second',
      incarnatedAt: NOW + 1,
      epoch,
    });

    it('loses them by the first write of a later incarnation, also where the number of its own epoch is higher', async () => {
      const { topology } = await seatedAda();
      await takeSeat(ada({ ...topology, epoch: 7 }, 1), { seat: seat(9) }, NOW);
      expect(await takeSeat(ada(reborn(topology, 1)), { seat: seat(3) }, NOW)).toBe('done');
      expect(await recordOf(topology)).toMatchObject({
        incarnatedAt: NOW + 1,
        epoch: 1,
        seat: { ticket: 3 },
      });
    });

    it('does not count as current because its epoch has the same number', async () => {
      const { topology } = await seatedAda();
      const later = reborn(topology, 1);
      expect(await leaveSeat(ada(later, 1), seat(7), { now: NOW })).toBe('conflict');
      expect(await takeSeat(ada(later), { seat: seat(3) }, NOW)).toBe('done');
      expect(await takeSeat(ada(later), { seat: seat(4) }, NOW)).toBe('conflict');
    });

    it('is never written by a request with a stale incarnation', async () => {
      const { topology } = await seatedAda();
      await takeSeat(ada(reborn(topology, 2)), { seat: seat(3) }, NOW);
      for (const epoch of [1, 2, 3])
        expect(await takeSeat(ada({ ...topology, epoch }), { seat: seat(5) }, NOW)).toBe('conflict');
      expect((await recordOf(topology))?.seat).toMatchObject({ ticket: 3 });
    });
  });
});
