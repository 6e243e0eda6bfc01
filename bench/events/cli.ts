import { simulate } from '../../simulation/environment.ts';
import { eventsBench, RULES, RUNS, type Rule } from './events.ts';

/*
 * Several events at once on one account, and a small meeting in the middle of them: `npm run bench:events`. In virtual time from
 * seeds: the same code gives the same figures on any machine. `-- --seeds 3` runs each of them with that many seeds, `-- --only 0`
 * the first run, `-- --rule first-come` one of the two rules.
 */
simulate(process.env);
const at = process.argv.indexOf('--seeds');
const only = process.argv.indexOf('--only');
const runs = only < 0 ? RUNS : [RUNS[Number(process.argv[only + 1])] ?? RUNS].flat();
const ruled = process.argv.indexOf('--rule');
const rules = ruled < 0 ? RULES : [process.argv[ruled + 1] as Rule];
const seeds = at < 0 ? 1 : Number(process.argv[at + 1]);
for (let seed = 1; seed <= seeds; seed++)
  for (const run of runs)
    for (const rule of rules) console.log(JSON.stringify({ seed, ...(await eventsBench(run, rule, seed)) }));
process.exit();
