import { presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import { CLOCK_SKEW_MS } from '../../lib/domain/meeting/clocks.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { takeSeatAway } from '../../lib/store/participant/seat-holders.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { crossAt, prepareCrossing } from '../support/crossing.ts';
import { refusalOf } from '../support/people.ts';
import { isGood, ONE_REGION, SWEPT_AGAIN_MS, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
beforeAll(prepareCrossing);

const viewer = (name: string, n: number | string) => world.person(name, `viewer-${n}`);
const vacantIn = async (name: string) => [...(await world.countsOf(name)).retired].sort();
const TWO_MINUTES = 120_000;
const AN_HOUR = 3_600_000;
/** Longer than a container caches a topology. */
const A_MOMENT = 1100;

/** Chime's last event about the connection of a seat, or of a place on the stage. */
const tell = (eventType: string, { Meeting, Attendee }: JoinedBody) => {
  const about = { externalMeetingId: Meeting.ExternalMeetingId, meetingId: Meeting.MeetingId };
  const who = { attendeeId: Attendee.AttendeeId, externalUserId: Attendee.ExternalUserId };
  return applyEvent(
    { eventType: `chime:${eventType}`, timestamp: world.now(), ...about, ...who } as never,
    world.now(),
  );
};

describe('the seats of people who left, in a replica that runs short', () => {
  it('are replaced by new ones after two minutes, and not before', async () => {
    const { name, seats } = await world.house(10);
    await viewer(name, 3).leave();
    world.pass(TWO_MINUTES - 5000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([]);
    world.pass(6000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([3]);
    expect(seats.map((seat) => isGood(world, seat))).toEqual(seats.map((_, n) => n !== 3));
    const next = await viewer(name, 'new').seat(ONE_REGION);
    expect(seats.map(({ Attendee }) => Attendee.AttendeeId)).not.toContain(next.Attendee.AttendeeId);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('are not replaced in a replica with enough seats', async () => {
    const { name, seats } = await world.house(4);
    await viewer(name, 3).leave();
    await world.reconcileLater(TWO_MINUTES * 2);
    expect(seats.every((seat) => isGood(world, seat))).toBe(true);
  });

  it.each([
    ['AttendeeLeft', TWO_MINUTES],
    ['AttendeeDropped', AN_HOUR],
  ])('are replaced too after Chime’s %s, %i ms later and not before', async (event, wait) => {
    const { name, seats } = await world.house(10);
    const [gone] = seats as [JoinedBody];
    for (const seat of seats) await tell('AttendeeJoined', seat);
    world.pass(CLOCK_SKEW_MS + 1000);
    await tell(event, gone);
    world.pass(wait - 5000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([]);
    world.pass(6000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([0]);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('are the only seats that are replaced', async () => {
    const { name, seats } = await world.house(10);
    for (const n of [2, 5, 7]) await viewer(name, n).leave();
    await world.reconcileLater(TWO_MINUTES + 1000);
    for (const n of [0, 1, 3, 4, 6, 8, 9])
      expect((await viewer(name, n).seat()).Attendee).toEqual(seats[n]?.Attendee);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('never make Chime exceed its capacity, where it counts only connected attendees', async () => {
    chime.chimeWill({ capacityError: 'only-at-connect' });
    const { name } = await world.house(10);
    for (let round = 0; round < 3; round++) {
      for (const n of [1, 2, 3]) await viewer(name, `${n}`).leave();
      world.pass(TWO_MINUTES + 1000);
      await Promise.all([1, 2, 3].map(() => world.reconcileName(name)));
      for (const n of [1, 2, 3]) await viewer(name, n).seat(ONE_REGION);
    }
    expect(world.replicaOf(name).peakAttendees).toBe(10);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('leave a person who comes back a new seat', async () => {
    const { name, seats } = await world.house(10);
    await viewer(name, 3).leave();
    await world.reconcileLater(TWO_MINUTES + 1000);
    const back = await viewer(name, 3).seat(ONE_REGION);
    expect(back.Attendee.AttendeeId).not.toBe(seats[3]?.Attendee.AttendeeId);
    expect(isGood(world, back)).toBe(true);
  });
});

describe('seats that were taken and never connected to', () => {
  it('fill a small meeting for an hour, then are replaced, except those that had a connection', async () => {
    const { name, seats } = await world.house(10);
    await tell('AttendeeJoined', seats[4] as JoinedBody);
    expect(await refusalOf(viewer(name, 'new').join(ONE_REGION))).toBe('MEETING_FULL');
    world.pass(AN_HOUR - 60_000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([]);
    world.pass(120_000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect(isGood(world, await viewer(name, 'new').seat(ONE_REGION))).toBe(true);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('are kept for ever where no event arrives', async () => {
    const { name, seats } = await world.house(10);
    world.pass(AN_HOUR * 3);
    await world.reconcileName(name);
    expect(seats.every((seat) => isGood(world, seat))).toBe(true);
  });
});

describe('a person who comes back', () => {
  it.each(['AttendeeLeft', 'AttendeeDropped'])(
    'keeps the seat that was theirs at the last event, %s, for an hour after they joined again without connecting',
    async (event) => {
      const { name, seats } = await world.house(10);
      for (const seat of seats) await tell('AttendeeJoined', seat);
      world.pass(CLOCK_SKEW_MS + 1000);
      await tell(event, seats[0] as JoinedBody);
      world.pass(AN_HOUR * 2);
      expect((await viewer(name, 0).seat()).Attendee).toEqual(seats[0]?.Attendee);
      world.pass(AN_HOUR - 60_000);
      await world.reconcileName(name);
      expect(isGood(world, seats[0] as JoinedBody)).toBe(true);
      world.pass(120_000);
      await world.reconcileName(name);
      expect(isGood(world, seats[0] as JoinedBody)).toBe(false);
    },
  );

  it('keeps the seat where the reconnection event was lost, and no request came for most of an hour', async () => {
    const { name, seats } = await world.house(10);
    for (const seat of seats) await tell('AttendeeJoined', seat);
    world.pass(CLOCK_SKEW_MS + 1000);
    for (const seat of seats) await tell('AttendeeDropped', seat);
    for (const minutes of [2, 1, 25, 30]) {
      world.pass(minutes * 60_000);
      await world.reconcileName(name);
    }
    expect(seats.every((seat) => isGood(world, seat))).toBe(true);
  });

  it.each([
    ['left', 1],
    ['was seen to leave', 2],
  ] as const)(
    'who %s is never given a seat that the reconciler takes, at whichever of its steps they come',
    async (how, first) => {
      const { name, seats } = await world.house(10);
      let [seat] = seats as [JoinedBody];
      for (let n: number = first, hasCrossed = true; hasCrossed; n += 2) {
        world.pass(CLOCK_SKEW_MS + 1000);
        if (how === 'left') await viewer(name, 0).leave();
        else await tell('AttendeeLeft', seat);
        world.pass(TWO_MINUTES * 2);
        const coming = () => viewer(name, 0).join(ONE_REGION);
        const { other } = await crossAt(n, () => world.reconcileName(name), coming);
        hasCrossed = other !== undefined;
        if (!hasCrossed) expect(n).toBeGreaterThan(5);
        const given = other?.status === 'fulfilled' && other.value.status === 200 && other.value.body;
        if (given) expect([n, isGood(world, given as JoinedBody)]).toEqual([n, true]);
        seat = await viewer(name, 0).seat(ONE_REGION);
        expect([n, isGood(world, seat)]).toEqual([n, true]);
        expect(await world.wrongWith(name)).toEqual([]);
      }
    },
  );
});

describe('a promoted viewer who is demoted', () => {
  it('keeps the seat, because the end of the primary’s connection does not concern it', async () => {
    const { name, seats } = await world.house(10);
    await world.host(name).promote('viewer-0');
    const { body } = await viewer(name, 0).promotion();
    const { Attendee } = body as JoinedBody;
    const { primaryMeetingId } = body as { primaryMeetingId: string };
    const Meeting = { MeetingId: primaryMeetingId, ExternalMeetingId: name };
    await world.host(name).demote('viewer-0');
    world.pass(1000);
    await tell('AttendeeDeleted', { Attendee, Meeting } as JoinedBody);
    expect((await readParticipant(name, 'viewer-0'))?.stagePresence?.state).toBe('left');
    await world.reconcileLater(TWO_MINUTES * 2);
    expect(isGood(world, seats[0] as JoinedBody)).toBe(true);
  });
});

describe('a reconciler pass', () => {
  it('that dies between deleting and minting is finished by the next pass', async () => {
    const { name } = await world.house(10);
    await viewer(name, 3).leave();
    world.pass(TWO_MINUTES + 1000);
    chime.strike('ListAttendees', 'error-500', 6);
    await world.reconcileName(name);
    expect(presentAttendees(world.replicaOf(name))).toHaveLength(9);
    chime.world.emulator.state.faults = [];
    world.pass(SWEPT_AGAIN_MS);
    await world.reconcileName(name);
    expect(presentAttendees(world.replicaOf(name))).toHaveLength(10);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it.each(['timeout-after', 'timeout-before'] as const)(
    'that gets no answer to its minting (%s) is finished by the next pass, with each seat minted once',
    async (fault) => {
      const { name } = await world.house(10);
      await viewer(name, 3).leave();
      world.pass(TWO_MINUTES + 1000);
      chime.strike('BatchCreateAttendee', fault, 4);
      await world.reconcileName(name);
      chime.world.emulator.state.faults = [];
      world.pass(SWEPT_AGAIN_MS);
      await world.reconcileName(name);
      expect(await world.countsOf(name)).toMatchObject({ minted: 11 });
      expect(await world.wrongWith(name)).toEqual([]);
    },
  );

  it('that dies before it deletes the attendee of a revoked seat is finished by the next pass', async () => {
    const { name } = await world.house(10);
    await viewer(name, 3).leave();
    world.pass(TWO_MINUTES + 1000);
    chime.strike('DeleteAttendee', 'error-500', 3);
    await expect(world.reconcileName(name)).rejects.toThrow();
    expect((await readParticipant(name, 'viewer-3'))?.revoked).toMatchObject({ ticket: 3 });
    world.pass(SWEPT_AGAIN_MS);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([3]);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('that finishes a removal leaves the person the seat of a later join', async () => {
    const { name } = await world.house(10);
    await viewer(name, 3).leave();
    world.pass(TWO_MINUTES + 1000);
    await world.reconcileName(name);
    const back = await viewer(name, 3).seat(ONE_REGION);
    const record = await readParticipant(name, 'viewer-3');
    if (!record?.seat) throw new Error('viewer-3 has no seat');
    const subject = { topology: await world.topologyOf(name), caller: record, knownEpoch: 1 };
    await takeSeatAway(subject, record.seat, 'removal');
    await world.reconcileName(name);
    expect(isGood(world, back)).toBe(false);
    const again = await viewer(name, 3).seat(ONE_REGION);
    world.pass(SWEPT_AGAIN_MS);
    await world.reconcileName(name);
    expect(isGood(world, again)).toBe(true);
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a replica that a person was removed from', () => {
  it('has a new seat after the reconciler, also where it does not run short', async () => {
    const { name } = await world.house(3);
    await world.host(name).remove('viewer-1');
    expect(presentAttendees(world.replicaOf(name))).toHaveLength(9);
    await world.reconcileLater();
    expect(await world.countsOf(name)).toMatchObject({ minted: 11, retired: new Set([1]) });
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a replica of which Chime made a part only', () => {
  it('is filled up when it runs short', async () => {
    const fault = { operation: 'BatchCreateAttendee', fault: 'fail-item', times: 1, delayMs: 0 } as const;
    for (const item of [6, 1, 1, 1]) chime.world.emulator.state.faults.push({ ...fault, item });
    const { name } = await world.house(5);
    expect(await world.countsOf(name)).toMatchObject({ minted: 5 });
    await world.reconcileLater();
    expect(await world.countsOf(name)).toMatchObject({ minted: 10 });
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a replica that died alone', () => {
  it('is retired by the reconciler even without an event; its viewers get seats in another', async () => {
    const { name, seats } = await world.house(3);
    chime.kill(world.replicaOf(name));
    await world.reconcileLater();
    expect((await world.topologyOf(name)).replicas).toEqual([]);
    const again = await world.persist(() => viewer(name, 0).join(ONE_REGION));
    expect(again).toMatchObject({ epoch: 1, placement: { ordinal: 1 } });
    expect(again.Meeting.MeetingId).not.toBe(seats[0]?.Meeting.MeetingId);
    expect(isGood(world, again)).toBe(true);
  });
});

describe('a replica that was sold out', () => {
  it('is on sale again after seats were replaced, also for a request that found it sold out before', async () => {
    const { name } = await world.house(10);
    await expect(viewer(name, 'late').join(ONE_REGION)).rejects.toMatchObject({ code: 'MEETING_FULL' });
    await viewer(name, 3).leave();
    await world.reconcileLater(TWO_MINUTES + 1000);
    world.pass(A_MOMENT);
    expect((await viewer(name, 'late').join(ONE_REGION)).status).toBe(200);
  });
});
