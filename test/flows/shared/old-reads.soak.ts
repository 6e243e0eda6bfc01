import { applyEvent } from '../../../lib/flows/epoch/apply-event.ts';
import { Refusal } from '../../../lib/refusals.ts';
import { readParticipant } from '../../../lib/store/participant/participants.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { isGood, ONE_REGION, useSweptWorld } from '../../reconcile/support.ts';
import { OLDEST_MS, type OldReads, startOldReads } from '../../support/dynamodb/old-reads.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { onStageAtChime } from '../../support/stage/facts.ts';
import { atOnce } from '../support.ts';

const world = useSweptWorld({}, { engine: 'dynalite' });
const { chime } = world;
let reads: OldReads;
beforeAll(async () => {
  reads = await startOldReads(chime.world);
});
afterAll(() => reads.close());
// However long the tests take, Chime ends no meeting because nobody is connected.
beforeEach(() => chime.chimeWill({ idleEndMs: 86_400_000 }));

const TWO_REPLICAS = { meetingFeatures: { Attendee: { MaxCount: 6 } }, maxReplicas: 2 };
const THREE_MINUTES = 180_000;
const viewer = (name: string, n: number) => world.person(name, `viewer-${n}`);
const viewers = (name: string, many: number) => Array.from({ length: many }, (_, n) => viewer(name, n));
const onStage = (name: string) => onStageAtChime(chime.world, name);
/** From now on, reads give what is true now. */
const catchUp = () => world.pass(OLDEST_MS + 100);
const areGood = (seats: JoinedBody[]) =>
  seats.every((seat) => isGood(world, seat)) &&
  new Set(seats.map(({ Attendee }) => Attendee.AttendeeId)).size === seats.length;

/** What a crowd of requests fails with, refusals left out. */
async function failuresOf(asked: Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(asked);
  const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  return reasons.filter((reason) => !(reason instanceof Refusal));
}

/** The differences between the records and Chime, and the meetings that were ever overfull. */
async function wrongWith(name: string): Promise<string[]> {
  catchUp();
  const meetings = [...chime.world.emulator.state.meetings.values()];
  const overfull = meetings.filter(({ peakAttendees, capacity }) => peakAttendees > capacity);
  return [...(await world.wrongWith(name)), ...overfull.map(({ meetingId }) => `${meetingId} is overfull`)];
}

/** The members of a list that a host reads, by their ids. */
async function listed(name: string, list: 'hands' | 'bans'): Promise<string[]> {
  const { body } = await world.host(name)[list]();
  const people = (body as Record<typeof list, { externalUserId: string }[]>)[list];
  return people.map(({ externalUserId }) => externalUserId);
}

/** Chime tells of the connection in this seat. */
const tell = (name: string, { Meeting, Attendee }: JoinedBody, event: string) =>
  applyEvent(
    {
      eventType: `chime:${event}`,
      timestamp: world.now(),
      externalMeetingId: name,
      meetingId: Meeting.MeetingId,
      attendeeId: Attendee.AttendeeId,
      externalUserId: Attendee.ExternalUserId,
    } as never,
    world.now(),
  );

describe('while every read that is not consistent gives data up to a second old', () => {
  it('a viewer is promoted, demoted, removed and banned at once, and seated again after the ban', async () => {
    const { name } = await world.house(3, TWO_REPLICAS);
    const host = world.host(name);
    await viewer(name, 0).raise();
    await host.promote('viewer-0');
    await viewer(name, 0).promotion();
    expect(onStage(name)).toEqual(['the-host', 'viewer-0']);
    await host.demote('viewer-0');
    expect(onStage(name)).toEqual(['the-host']);
    const [removed] = [await viewer(name, 1).seat(ONE_REGION), await host.remove('viewer-1')];
    expect(isGood(world, removed)).toBe(false);
    const banned = await viewer(name, 2).seat(ONE_REGION);
    await host.remove('viewer-2', { ban: true });
    expect(isGood(world, banned)).toBe(false);
    expect(await refusalOf(viewer(name, 2).join(ONE_REGION))).toBe('BANNED');
    await host.unban('viewer-2');
    expect(areGood(await Promise.all(viewers(name, 3).map((one) => one.seat(ONE_REGION))))).toBe(true);
    expect(await wrongWith(name)).toEqual([]);
  });

  it('people who join, leave and return, and hosts who act on them meanwhile, leave records and Chime in agreement', async () => {
    const { name } = await world.house(2, TWO_REPLICAS);
    const host = world.host(name);
    for (let round = 0; round < 2; round++) {
      const first = await failuresOf([
        ...viewers(name, 7).map((one) => one.join(ONE_REGION)),
        host.promote('viewer-0'),
        host.remove('viewer-1'),
        viewer(name, 2).leave(),
        host.remove('viewer-3', { ban: true }),
        viewer(name, 4).raise(),
      ]);
      const then = await failuresOf([
        viewer(name, 0).promotion(),
        host.demote('viewer-0'),
        viewer(name, 0).join(ONE_REGION),
        viewer(name, 5).leave(),
        world.reconcileName(name),
      ]);
      expect([...first, ...then]).toEqual([]);
      await host.unban('viewer-3');
      expect(await wrongWith(name)).toEqual([]);
    }
    expect(areGood(await Promise.all(viewers(name, 7).map((one) => one.seat(ONE_REGION))))).toBe(true);
    expect(await wrongWith(name)).toEqual([]);
  });

  it('an end closes every seat at once, and all people are seated after a reopening and in the next epoch', async () => {
    const { name } = await world.house(4, TWO_REPLICAS);
    const host = world.host(name);
    const all = () => atOnce(4, (n) => viewer(name, n).seat(ONE_REGION));
    await host.end();
    expect(chime.live(name)).toEqual([]);
    expect(await refusalOf(viewer(name, 0).join(ONE_REGION))).toBe('MEETING_ENDED');
    await host.reopen();
    await host.seat(ONE_REGION);
    expect(areGood(await all())).toBe(true);
    chime.kill(world.primaryOf(name));
    world.pass(THREE_MINUTES);
    await host.seat(ONE_REGION);
    expect(areGood(await all())).toBe(true);
    expect(await wrongWith(name)).toEqual([]);
  });

  it('concurrent reconciler passes handle each due name once, and a pass right after them none', async () => {
    const houses = [await world.house(4, TWO_REPLICAS), await world.house(2, TWO_REPLICAS)];
    for (const { name } of houses) await viewer(name, 1).leave();
    world.pass(THREE_MINUTES);
    await world.reconcileNow();
    world.pass(THREE_MINUTES);
    const live = chime.world.emulator.state.live;
    const names = new Set([...live].map(({ externalMeetingId }) => externalMeetingId));
    const passes = await atOnce(2, () => world.reconcileNow());
    expect(passes.reduce((sum, { reconciled }) => sum + reconciled, 0)).toBe(names.size);
    expect(await world.reconcileNow()).toEqual({ reconciled: 0 });
    expect(world.failed).toEqual([]);
    for (const { name } of houses) expect(await wrongWith(name)).toEqual([]);
  });

  it('an event about a seat counts for the viewer in it, and not for one who was moved out of it', async () => {
    const { name } = await world.house(2, TWO_REPLICAS);
    const before = await viewer(name, 0).seat(ONE_REGION);
    catchUp();
    await world.host(name).remove('viewer-0');
    const after = await viewer(name, 0).seat(ONE_REGION);
    for (let k = 0; k < 2; k++) await tell(name, before, 'AttendeeDeleted');
    expect((await readParticipant(name, 'viewer-0'))?.presence).toBeUndefined();
    await tell(name, after, 'AttendeeJoined');
    catchUp();
    await tell(name, after, 'AttendeeJoined');
    expect((await readParticipant(name, 'viewer-0'))?.presence?.state).toBe('present');
  });

  it('the list of hands has no lowered hand, and that of bans nobody whose ban was lifted', async () => {
    const { name } = await world.house(3, TWO_REPLICAS);
    const host = world.host(name);
    for (const one of viewers(name, 2)) await one.raise();
    await host.remove('viewer-2', { ban: true });
    catchUp();
    expect(await listed(name, 'hands')).toEqual(['viewer-0', 'viewer-1']);
    expect(await listed(name, 'bans')).toEqual(['viewer-2']);
    await viewer(name, 0).lower();
    await viewer(name, 1).leave();
    await host.unban('viewer-2');
    for (let k = 0; k < 5; k++)
      expect([await listed(name, 'hands'), await listed(name, 'bans')]).toEqual([[], []]);
  });

  it('the list of live meetings has no name that ended before the list was read, once a second has passed', async () => {
    const { name } = await world.house(1, TWO_REPLICAS);
    const live = async () => {
      const { body } = await world.host(name).listMeetings({ status: 'live' });
      return (body as { meetings: { externalMeetingId: string }[] }).meetings.map(
        (one) => one.externalMeetingId,
      );
    };
    await live();
    catchUp();
    expect(await live()).toContain(name);
    await world.host(name).end();
    for (let k = 0; k < 2; k++) await live();
    catchUp();
    expect(await live()).not.toContain(name);
  });

  it('seats for the people behind a curtain are opened once, and all get one when it opens', async () => {
    const name = uniqueMeetingId();
    const host = world.host(name);
    await host.create({ admission: 'manual', ...TWO_REPLICAS });
    await host.seat(ONE_REGION);
    for (let round = 0; round < 3; round++) {
      for (const one of viewers(name, 4)) expect((await one.join(ONE_REGION)).status).toBe(202);
      await world.reconcileName(name);
      world.pass(600);
    }
    await host.goLive();
    catchUp();
    expect(areGood(await atOnce(4, (n) => viewer(name, n).seat(ONE_REGION)))).toBe(true);
    expect(await wrongWith(name)).toEqual([]);
  });

  it('such reads did give old data, of every kind that there is', () => {
    expect(Object.keys(reads.wereOld()).toSorted()).toEqual([
      'BatchGetItem MEETING',
      'BatchGetItem PARTICIPANTS',
      'BatchGetItem REPLICA',
      'GetItem WAITING',
      'Query byList',
      'Query byReconcileAt',
      'Query bySeat',
      'Query byStatus',
    ]);
  });
});
