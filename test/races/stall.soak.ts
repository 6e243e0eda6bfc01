import { type Fleet, startFleet } from '../support/fleet.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import type { Outcome } from '../support/worker/jobs.ts';
import { OPENINGS, type Scenario } from './crash-scenarios.ts';
import { faultsAfter } from './crashing.ts';

const NO_QUOTA = { CHIME_RATE_PER_SECOND: '1', CHIME_BURST: '10000' };
const AT_A_TIME = 4;

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

interface Stall {
  request: number;
  stalled: boolean;
  wrong: string[];
}

/**
 * A Lambda's timeout is shorter than a lease, so a process that lost its lease is dead. Opening a meeting does not depend on
 * that: these tests resume the dead process.
 */
describe.each(OPENINGS)('a process that freezes for longer than its lease over $situation', (scenario) => {
  let stalls: Stall[];
  beforeAll(async () => {
    stalls = await stallEverywhere(scenario);
  });

  it('freezes before each of its requests', () => {
    const frozen = stalls.filter(({ stalled }) => stalled);
    expect(frozen.length).toBeGreaterThanOrEqual(scenario.deathsAtLeast);
  });

  it('finds its work done by others when it goes on, and does it no second time', () => {
    expect(stalls.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  });
});

async function stallEverywhere(scenario: Scenario): Promise<Stall[]> {
  const stalls: Stall[] = [];
  let next = 1;
  let outlived = false;
  const stallOn = async () => {
    while (!outlived) {
      const stall = await stallOnce(scenario, next++);
      stalls.push(stall);
      outlived ||= !stall.stalled;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, stallOn));
  return stalls;
}

let meetings = 0;

async function stallOnce(scenario: Scenario, request: number): Promise<Stall> {
  const name = `stall-${meetings++}`;
  await scenario.arrange(name);
  const member = await fleet.recruit();
  const asked = member.ask({ ...scenario.job, name, stall: request });
  const stalled = await Promise.race([member.stalled.then(() => true), asked.then(() => false)]);
  const given = [await scenario.same(name), await scenario.other(name)];
  member.goOn();
  const outcome = await asked;
  await member.end();
  const wrong = await faultsAfter({ world, scenario, name }, given);
  return { request, stalled, wrong: [...wrong, ...faultsOf(outcome)] };
}

/** A process that stalls for so long may tell its caller to wait or retry, and never reports an internal error. */
function faultsOf(outcome: Outcome): string[] {
  if (outcome.kind === 'answered') return [];
  return [outcome.kind === 'failed' ? outcome.error : `was ${outcome.kind}`];
}
