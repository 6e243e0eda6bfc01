import { type Fleet, startFleet } from '../support/fleet.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import { invariantViolations } from './audit.ts';
import { type Arrival, arrive, attendeesIn, othersOf, seatsOf, UNHURRIED, viewers } from './crowd.ts';

const SEATS = 4 * 250;
const name = uniqueMeetingId();
let world: TestWorld;
let fleet: Fleet;
let arrivals: Arrival[];

describe('as many viewers as an account with the default quotas can seat', () => {
  beforeAll(async () => {
    world = await startWorld({ engine: 'dynalite', environment: UNHURRIED });
    fleet = await startFleet(4);
    await person(name, 'the-host', { role: 'host' }).seat();
    arrivals = await arrive(fleet, viewers(name, SEATS), 100);
  });
  afterAll(async () => {
    await fleet?.end();
    await world.close();
  });

  it('are all seated, without a refusal or an error', () => {
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(SEATS);
  });

  it('fill four replicas, and none above its capacity', async () => {
    expect(await invariantViolations(world, name)).toEqual([]);
    const { body } = await person(name, 'the-host', { role: 'host' }).get();
    const { replicas } = body as { replicas: { seatsTaken: number }[] };
    expect(replicas.map(({ seatsTaken }) => seatsTaken)).toEqual([250, 250, 250, 250]);
  });

  it('leave no seat for one more viewer, who is refused', async () => {
    const late = await fleet.ask({ verb: 'join', name, user: 'too-late', role: 'viewer' });
    expect(late).toEqual({ kind: 'refused', code: 'MEETING_FULL' });
  });
});
