import { type Fleet, startFleet } from '../support/fleet.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { SCENARIOS } from './crash-scenarios.ts';
import { type Crash, crashEverywhere } from './crashing.ts';

/** The quota is not what is tested here, and the survivors' clock runs ahead of it. */
const NO_QUOTA = { CHIME_RATE_PER_SECOND: '1', CHIME_BURST: '10000' };

let world: TestWorld;
let fleet: Fleet;
beforeAll(async () => {
  const chime = { ratePerSecond: 10_000, burst: 10_000, concurrentMeetings: 10_000 };
  world = await startWorld({ engine: 'dynalite', chime, environment: NO_QUOTA });
  fleet = await startFleet(0);
});
afterAll(async () => {
  await fleet?.end();
  await world.close();
});

describe.each(SCENARIOS)('a process that dies over $situation', (scenario) => {
  let crashes: Crash[];
  beforeAll(async () => {
    crashes = await crashEverywhere({ world, fleet, scenario });
  });

  it('dies between any two of its requests', () => {
    const deaths = crashes.filter(({ outcome }) => outcome.kind === 'died');
    expect(deaths.length).toBeGreaterThanOrEqual(scenario.deathsAtLeast);
    expect(crashes.filter(({ outcome }) => !['died', 'answered'].includes(outcome.kind))).toEqual([]);
  });

  it('leaves a state that the next requests repair, and refuses no person what they request', () => {
    const faults = crashes.filter(({ wrong }) => wrong.length > 0);
    expect(faults).toEqual([]);
  });
});
