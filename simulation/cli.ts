import { parseArgs } from 'node:util';
import { simulate } from './environment.ts';
import { KINDS, type Kind } from './plan/kinds.ts';
import type { Run } from './run.ts';

/*
 * Runs the simulation for longer than a test may: `npm run simulate -- --seeds 100000 --from 1`. Shows the first seed that
 * fails, with its trace. `--seed N` replays one seed, and prints its plan and trace. `--play freeze,skew` lets seeds draw from
 * these kinds of disturbance instead of those that the test plays; `--play all` from all. `--all` goes on after a seed that
 * fails, and prints the first fault of each.
 */
simulate(process.env);

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    play: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});

const EVERY = 500;

async function main(): Promise<void> {
  const { runSeed } = await import('./run.ts');
  const how = values.play === undefined ? {} : { played: kindsIn(values.play) };
  if (values.seed !== undefined) return show(await runSeed(Number(values.seed), how));
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  const started = performance.now();
  let steps = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const run = await runSeed(seed, how);
    steps += run.steps;
    if (run.faults.length > 0 && !values.all) return show(run);
    if (run.faults.length > 0) console.log(`seed ${seed}: ${run.faults[0]} (${[...run.plan.kinds].join()})`);
    const ran = seed - from + 1;
    if (ran % EVERY === 0 || ran === seeds) console.log(progress({ ran, steps, started }));
  }
  if (!values.all) console.log('no promise was broken');
}

const kindsIn = (text: string): readonly Kind[] =>
  text === 'all' ? KINDS : KINDS.filter((kind) => text.split(',').includes(kind));

function progress({ ran, steps, started }: { ran: number; steps: number; started: number }): string {
  const seconds = (performance.now() - started) / 1000;
  return `${ran} seeds, ${steps} steps, ${(ran / seconds).toFixed(1)} seeds/s`;
}

function show({ plan, trace, faults }: Run): void {
  console.log(JSON.stringify({ ...plan, kinds: [...plan.kinds] }, null, 2));
  console.log(trace.join('\n'));
  if (faults.length === 0) return;
  console.log(`\nseed ${plan.seed} breaks a promise; npm run simulate -- --seed ${plan.seed} shows it again`);
  process.exitCode = 1;
}

void main();
