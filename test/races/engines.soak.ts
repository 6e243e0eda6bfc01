import { createContainer, useContainer } from '../../lib/container.ts';
import { type Fleet, startFleet } from '../support/fleet.ts';
import { engines, startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import { invariantViolations } from './audit.ts';
import { type Arrival, arrive, attendeesIn, othersOf, seatsOf, UNHURRIED, viewers } from './crowd.ts';

const CROWD = 200;

describe.each(engines())('a smaller crowd, with its records in %s', (engine) => {
  const name = uniqueMeetingId();
  let world: TestWorld;
  let fleet: Fleet;
  let arrivals: Arrival[];
  beforeAll(async () => {
    world = await startWorld({ engine, environment: UNHURRIED });
    useContainer(createContainer());
    fleet = await startFleet(2);
    const host = person(name, 'the-host', { role: 'host' });
    await host.create({ meetingFeatures: { Attendee: { MaxCount: 60 } } });
    await host.seat();
    arrivals = await arrive(fleet, viewers(name, CROWD), 50);
  });
  afterAll(async () => {
    await fleet?.end();
    await world.close();
  });

  it('is seated to the last viewer', () => {
    expect(othersOf(arrivals)).toEqual([]);
    expect(attendeesIn(seatsOf(arrivals))).toBe(CROWD);
  });

  it('leaves the records and Chime in agreement', async () => {
    expect(await invariantViolations(world, name)).toEqual([]);
  });
});
