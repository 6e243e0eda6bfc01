import type { Seat } from '../../lib/domain/meeting/participant.ts';
import type { ReplicaKey } from '../../lib/store/keys.ts';
import { inThisEpoch, readParticipant, type Subject } from '../../lib/store/participant/participants.ts';
import {
  forgetRevoked,
  leaveSeat,
  returnToSeat,
  stayInSeat,
  takeSeat,
  takeSeatAway,
} from '../../lib/store/participant/seat-holders.ts';
import { countRetired } from '../../lib/store/replica/retired-tickets.ts';
import {
  finishGrowth,
  type Growth,
  noteLeakCandidates,
  readCounts,
  repairAway,
  takeGrowth,
} from '../../lib/store/replica/seat-books.ts';
import { closeSeats, markAway, markBack, openSeats } from '../../lib/store/replica/seats.ts';
import { drawTicket, returnTicket } from '../../lib/store/replica/tickets.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { type LossyTable, lossyTableOf } from '../support/lossy-table.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { aTopology, leaseOf, NOW, subject } from './support.ts';

let world: TestWorld;
let lossy: LossyTable;
beforeAll(async () => {
  world = await startWorld();
  lossy = await lossyTableOf(world);
});
afterAll(async () => {
  await lossy.close();
  await world.close();
});

/** Does a write whose first response is lost, so that the SDK retries it. */
async function repeated<T>(write: () => Promise<T>): Promise<T> {
  lossy.loseAnswerTo(0);
  const done = await write();
  expect(lossy.writes()).toBeGreaterThan(1);
  lossy.loseAnswerTo(-1);
  return done;
}

const SEAT: Seat = {
  ordinal: 0,
  ticket: 7,
  meetingId: 'r0',
  mediaRegion: 'us-east-1',
  viewerMediaRegion: 'us-east-1',
  reason: 'own-region',
  rttMs: 5,
  joinedAt: NOW,
};

/** Ann, with a seat or without a record. */
async function ann(): Promise<{ stranger: Subject; ours: Subject }> {
  const stranger = subject(await aTopology(), 'ann');
  return { stranger, ours: inThisEpoch(stranger) };
}
async function seated(): Promise<Subject> {
  const { stranger, ours } = await ann();
  await takeSeat(stranger, { seat: SEAT }, NOW);
  return ours;
}
const recordOf = ({ topology }: Subject) => readParticipant(topology.externalMeetingId, 'ann');

async function selling(minted: number): Promise<ReplicaKey> {
  const replica = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
  await openSeats(replica, { minted, fence: 1 }, NOW);
  return replica;
}
const draw = (replica: ReplicaKey, by: string) => drawTicket(replica, 'eu-west-1', by);

describe('a write about a seat whose response is lost, and that the SDK retries', () => {
  it('assigns the seat, also as the first write of an epoch, and in place of a void seat', async () => {
    const { stranger, ours } = await ann();
    expect(await repeated(() => takeSeat(stranger, { seat: SEAT }, NOW))).toBe('done');
    const next = { ...SEAT, ticket: 8 };
    expect(await repeated(() => takeSeat(ours, { seat: next, assigned: 1 }, NOW))).toBe('done');
    expect((await recordOf(ours))?.seat).toEqual(next);
    expect(await takeSeat(ours, { seat: SEAT }, NOW)).toBe('conflict');
  });

  it('assigns no seat that was taken away before the repetition arrived, and a later join gets another', async () => {
    const { stranger, ours } = await ann();
    const assign = () => takeSeat(stranger, { seat: SEAT }, NOW);
    expect(await assign()).toBe('done');
    await takeSeatAway(ours, SEAT, 'removal');
    await forgetRevoked(ours, SEAT);
    expect(await assign()).toBe('conflict');
    const next = { ...SEAT, ticket: 8 };
    const before = await recordOf(ours);
    expect(await takeSeat(ours, { seat: next, assigned: before?.assignments }, NOW)).toBe('done');
    expect((await recordOf(ours))?.seat).toEqual(next);
  });

  it('leaves the seat, resumes it, and stays in it', async () => {
    const ours = await seated();
    expect(await repeated(() => leaveSeat(ours, SEAT, { now: NOW + 1 }))).toBe('done');
    const left = { ...SEAT, left: true, leftAt: NOW + 1 };
    expect((await recordOf(ours))?.seat).toEqual(left);
    expect(await repeated(() => returnToSeat(ours, { seat: left }, NOW + 2))).toBe('done');
    expect(await repeated(() => stayInSeat(ours, { seat: SEAT }, NOW + 3))).toBe('done');
    expect(await recordOf(ours)).toMatchObject({ seat: { ...SEAT, joinedAt: NOW + 2 }, seenAt: NOW + 3 });
  });

  it('revokes the seat, and deletes it', async () => {
    const ours = await seated();
    expect(await repeated(() => takeSeatAway(ours, SEAT, { read: {} }))).toBe('done');
    expect(await recordOf(ours)).toMatchObject({ revoked: SEAT });
    await repeated(() => forgetRevoked(ours, SEAT));
    expect((await recordOf(ours))?.revoked).toBeUndefined();
  });

  it('does not revoke a seat that was assigned since the first attempt', async () => {
    const ours = await seated();
    await takeSeatAway(ours, SEAT, 'removal');
    await takeSeat(ours, { seat: { ...SEAT, ticket: 8 }, assigned: 1 }, NOW + 1);
    expect(await takeSeatAway(ours, SEAT, 'removal')).toBe('conflict');
    expect((await recordOf(ours))?.seat).toMatchObject({ ticket: 8 });
  });

  it('draws one ticket, also the last, and one that was returned', async () => {
    const replica = await selling(2);
    expect(await repeated(() => draw(replica, 'a'))).toEqual({ ticket: 0, minted: 2, resold: 0 });
    expect(await repeated(() => draw(replica, 'b'))).toEqual({ ticket: 1, minted: 2, resold: 0 });
    expect(await draw(replica, 'c')).toBe('sold-out');
    await repeated(() => returnTicket(replica, { ticket: 0, resold: 0 }));
    lossy.loseAnswerTo(1); // the first is refused: the replica is sold out
    expect(await draw(replica, 'd')).toEqual({ ticket: 0, minted: 2, resold: 1 });
    expect(await readCounts(replica)).toMatchObject({ taken: 2, returned: new Set() });
  });

  it('draws another ticket where one was drawn in between, and never that of another person', async () => {
    const replica = await selling(3);
    expect(await draw(replica, 'a')).toMatchObject({ ticket: 0 });
    expect(await draw(replica, 'b')).toMatchObject({ ticket: 1 });
    expect(await draw(replica, 'a')).toMatchObject({ ticket: 2 });
  });

  it('counts a retired seat and a mark once, and adds seats once', async () => {
    const replica = await selling(3);
    for (const by of ['a', 'b', 'c']) await draw(replica, by);
    await repeated(() => markAway(replica, 0));
    await repeated(() => markAway(replica, 1));
    await repeated(() => markBack(replica, 0));
    await repeated(() => countRetired(replica, 2));
    await repeated(() => noteLeakCandidates(replica, [0], NOW));
    const growth = (await repeated(() => takeGrowth(replica, leaseOf('reconcile'), NOW))) as Growth;
    expect(await repeated(() => finishGrowth(replica, growth, 4))).toBe('grown');
    const read = await readCounts(replica);
    expect(read).toMatchObject({ minted: 7, away: new Set([1]), retired: new Set([2]), vacated: 1 });
    if (!read) throw new Error('there are no counts');
    expect(await repeated(() => repairAway(replica, { read, away: [0], now: NOW }))).toBe('repaired');
    await repeated(() => closeSeats(replica));
    expect(await draw(replica, 'd')).toBe('sold-out');
  });

  it('opens the seats once', async () => {
    const replica = { externalMeetingId: uniqueMeetingId(), incarnation: 'first', epoch: 1, ordinal: 0 };
    expect(await repeated(() => openSeats(replica, { minted: 3, fence: 1 }, NOW))).toBe('opened');
  });
});
