import type { Role } from '../../lib/context.ts';
import { type Fleet, startFleet } from '../support/fleet.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import type { Job } from '../support/worker/jobs.ts';
import { invariantViolations } from './audit.ts';
import { type Arrival, arrive, attendeesIn, othersOf, seatsOf, UNHURRIED } from './crowd.ts';

let world: TestWorld;
let fleet: Fleet;
beforeAll(async () => {
  world = await startWorld({ engine: 'dynalite', environment: UNHURRIED });
  fleet = await startFleet(4);
});
afterAll(async () => {
  await fleet?.end();
  await world.close();
});

const joins = (name: string, role: Role, users: string[]): Job[] =>
  users.map((user) => ({ verb: 'join', name, user, role }));

const tenTimes = (user: string) => Array.from({ length: 10 }, () => user);

describe('fifty presenters who are the first to join an unknown name, all at once', () => {
  const name = uniqueMeetingId();
  const users = Array.from({ length: 50 }, (_, n) => `presenter-${n}`);
  let arrivals: Arrival[];
  beforeAll(async () => {
    arrivals = await arrive(fleet, joins(name, 'presenter', users));
  });

  it('all get on the stage of one primary, each with one attendee', () => {
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(50);
    expect(meetingsIn(arrivals)).toBe(1);
  });

  it('leave nothing behind but that primary and its stage', async () => {
    expect(await invariantViolations(world, name)).toEqual([]);
    expect(meetingsOf(name)).toHaveLength(1);
    expect(meetingsOf(name)[0]?.attendeeCount).toBe(50);
  });

  it('stay within Chime’s quota, but for a few calls whose permits came while the first were under way', () => {
    const { CreateAttendee = {}, CreateMeetingWithAttendees } = world.emulator.state.calls;
    expect(CreateMeetingWithAttendees).toEqual({ '200': 1 });
    expect(CreateAttendee.ThrottlingException ?? 0).toBeLessThanOrEqual(5);
  });
});

describe('ten joins of one person at once', () => {
  it.each(['host', 'presenter'] as const)('give a %s one and the same attendee', async (role) => {
    const name = uniqueMeetingId();
    const arrivals = await arrive(fleet, joins(name, role, tenTimes('the-same')));
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(1);
    expect(meetingsOf(name)[0]?.peakAttendees).toBe(1);
    expect(await invariantViolations(world, name)).toEqual([]);
  });

  it('give a presenter one and the same attendee in a primary that is open already', async () => {
    const name = uniqueMeetingId();
    await person(name, 'the-host', { role: 'host' }).seat();
    const arrivals = await arrive(fleet, joins(name, 'presenter', tenTimes('the-same')));
    expect(attendeesIn(seatsOf(arrivals))).toBe(1);
    expect(meetingsOf(name)[0]?.peakAttendees).toBe(2);
  });

  it('give a viewer one and the same attendee, and cost one seat', async () => {
    const name = uniqueMeetingId();
    const host = person(name, 'the-host', { role: 'host' });
    await host.seat();
    const arrivals = await arrive(fleet, joins(name, 'viewer', tenTimes('the-same')));
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(1);
    expect((await host.get()).body).toMatchObject({ viewers: 1 });
    expect(await invariantViolations(world, name)).toEqual([]);
  });
});

describe('ten joins at once of a presenter who comes down to the audience', () => {
  it('give them one and the same attendee, cost one seat, and clear the stage', async () => {
    const name = uniqueMeetingId();
    const host = person(name, 'the-host', { role: 'host' });
    await host.seat();
    await person(name, 'first-viewer').seat();
    await person(name, 'the-same', { role: 'presenter' }).seat();
    const arrivals = await arrive(fleet, joins(name, 'viewer', tenTimes('the-same')));
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(1);
    expect((await host.get()).body).toMatchObject({ viewers: 2, primary: { seatsTaken: 1 } });
    expect(await invariantViolations(world, name)).toEqual([]);
  });
});

const meetingsIn = (arrivals: Arrival[]) =>
  new Set(seatsOf(arrivals).map(({ Meeting }) => Meeting.MeetingId)).size;

const meetingsOf = (name: string) =>
  [...world.emulator.state.meetings.values()].filter((meeting) => meeting.externalMeetingId === name);
