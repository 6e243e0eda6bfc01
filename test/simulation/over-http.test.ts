import { settings } from '../../lib/settings.ts';
import { ask, type Operation, type Outcome } from '../../simulation/actors/operations.ts';
import { type Me, persist } from '../../simulation/actors/person.ts';
import { castOf, type Part } from '../../simulation/actors/scenario.ts';
import { type Plan, planOf } from '../../simulation/plan/plan.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { callOf } from '../support/people.ts';

const AMPLE = '10000';
const SEEDS = [7, 11, 13];

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({
    engine: 'dynalite',
    chime: { ratePerSecond: 10_000, burst: 10_000 },
    environment: { CHIME_RATE_PER_SECOND: AMPLE, CHIME_BURST: AMPLE },
  });
});
afterAll(() => world.close());

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A person of the simulation, who sends real HTTP requests. Their order is not controlled. */
function meOf({ name, who, role, chance }: Part, outcomes: Outcome[]): Me {
  const asked = async (operation: Operation) => {
    const outcome = await ask(operation, callOf(who, { role: operation.role }));
    outcomes.push(outcome);
    return outcome;
  };
  return {
    who,
    role,
    chance,
    ask: (verb, more = {}) => asked({ name, who, role, verb, whom: who, body: {}, ...more }),
    wait: (ms) => pause(ms / 10),
    now: Date.now,
  };
}

/** What went wrong: a request that failed, or a meeting that held more than it has room for. */
async function played(plan: Plan): Promise<string[]> {
  const outcomes: Outcome[] = [];
  await Promise.all(castOf(plan).map((part) => part.play(meOf(part, outcomes))));
  for (const part of castOf(plan)) await persist(meOf(part, outcomes), 'join', {}, 12);
  const meetings = [...world.emulator.state.meetings.values()];
  return [
    ...outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [String(outcome.error)] : [])),
    ...meetings
      .filter((one) => one.peakAttendees > one.capacity)
      .map((one) => `${one.meetingId} is overfull`),
  ];
}

describe('the people of the simulation, over HTTP', () => {
  it.each(SEEDS)(
    'break no promise in whatever order they come: seed %i',
    async (seed) => {
      expect(settings().logLevel).toBe('silent');
      expect(await played(planOf(seed))).toEqual([]);
    },
    60_000,
  );
});
