import { type Fleet, startFleet } from '../support/fleet.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import { invariantViolations } from './audit.ts';
import { type Arrival, arrive, attendeesIn, othersOf, seatsOf, UNHURRIED, viewers } from './crowd.ts';

const CROWD = 1200;
const name = uniqueMeetingId();
let world: TestWorld;
let fleet: Fleet;
let arrivals: Arrival[];

describe('a crowd of 1,200 from six media regions, through four processes, after a host joined', () => {
  beforeAll(async () => {
    world = await startWorld({
      engine: 'dynalite',
      chime: { replicasPerPrimary: 8 },
      environment: UNHURRIED,
    });
    fleet = await startFleet(4);
    const host = person(name, 'the-host', { role: 'host' });
    await host.create({ maxReplicas: 8, mediaRegion: 'us-east-1' });
    await host.seat();
    arrivals = await arrive(fleet, viewers(name, CROWD), 100);
  });
  afterAll(async () => {
    await fleet?.end();
    await world.close();
  });

  it('is seated to the last viewer, each in a seat of their own', () => {
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(CROWD);
  });

  it('leaves one primary, replicas of it and of nothing else, and no meeting above its capacity', async () => {
    expect(await invariantViolations(world, name)).toEqual([]);
  });

  it('is counted to the last viewer', async () => {
    const { body } = await person(name, 'the-host', { role: 'host' }).get();
    const { replicas, viewers: counted } = body as { replicas: { seatsTaken: number }[]; viewers: number };
    expect(counted).toBe(CROWD);
    expect(replicas.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0)).toBe(CROWD);
  });

  it('costs no CreateAttendee, and is never throttled by Chime', () => {
    const { calls } = world.emulator.state;
    expect(calls.CreateAttendee).toBeUndefined();
    const outcomes = Object.values(calls).flatMap((counts) => Object.keys(counts));
    expect(new Set(outcomes)).toEqual(new Set(['200']));
  });

  it('gets the same attendees again on a repeated join', async () => {
    const again = await arrive(fleet, viewers(name, 300), 100);
    const before = arrivals.filter(({ user }) => again.some((one) => one.user === user));
    expect(tokensOf(again)).toEqual(tokensOf(before));
  });
});

const tokensOf = (them: Arrival[]) =>
  seatsOf(them)
    .map(({ Attendee }) => Attendee.JoinToken)
    .toSorted();
