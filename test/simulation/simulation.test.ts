import { simulate } from '../../simulation/environment.ts';
import { type Run, runSeed } from '../../simulation/run.ts';

simulate(process.env);

/** CI runs 300 seeds more, by `npm run simulate`. */
const BUDGET_MS = 4000;
const AT_LEAST = 25;
const SHOWN = 60;

/** Seeds from 1 up, always in the same order, until one fails or the time is up. */
async function runSeeds(budgetMs: number): Promise<{ ran: number; failed: Run | undefined }> {
  const until = Date.now() + budgetMs;
  for (let seed = 1; ; seed++) {
    const run = await runSeed(seed);
    if (run.faults.length > 0) return { ran: seed, failed: run };
    if (seed >= AT_LEAST && Date.now() >= until) return { ran: seed, failed: undefined };
  }
}

/** A failure says how to see it again. */
function told({ plan, faults, trace }: Run): string {
  const replay = `npm run simulate -- --seed ${plan.seed}`;
  return [replay, ...faults, ...trace.slice(-SHOWN)].join('\n');
}

describe('many people, and everything that can go wrong between any two awaits', () => {
  it('breaks no promise', async () => {
    const { ran, failed } = await runSeeds(BUDGET_MS);
    process.stdout.write(`simulated ${ran} seeds\n`);
    expect(failed && told(failed)).toBeUndefined();
  }, 240_000);
});

describe('one seed', () => {
  it.each([3, 14, 159])('runs the same way every time: seed %i', async (seed) => {
    const first = await runSeed(seed);
    const second = await runSeed(seed);
    expect(second.trace).toEqual(first.trace);
    expect(first.steps).toBeGreaterThan(50);
  });

  it.each([2, 8, 21, 30])('runs as it does through all of the SDK: seed %i', async (seed) => {
    const [short, whole] = [await runSeed(seed), await runSeed(seed, { way: 'whole' })];
    expect(whole.trace).toEqual(short.trace);
  });

  it('takes another course than another seed', async () => {
    const [one, other] = [await runSeed(5), await runSeed(6)];
    expect(one.trace).not.toEqual(other.trace);
  });

  it('puts no join token into its trace', async () => {
    const { trace } = await runSeed(26);
    expect(trace.join('\n')).not.toMatch(/token/i);
    expect(trace.join('\n')).not.toMatch(/[0-9a-f]{98}/);
  });
});
