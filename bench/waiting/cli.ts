import { discardAll, npmStart } from '../../local/npm-start.ts';
import { simulate } from '../../simulation/environment.ts';
import { columns } from '../tables.ts';
import { realClients } from './real-clients.ts';
import { AUDIENCES, waitingBench } from './waiting.ts';

/*
 * How people wait for a presenter, from ten to fifty thousand: `npm run bench:waiting`. `-- --viewers 1000` runs the sizes up to
 * that many people of one name. In virtual time from a seed: the same code gives the same figures on any machine.
 * `-- --real 2000` runs that many real clients against `npm start` instead, and gives up after `--within 300` seconds.
 */
const numberAfter = (flag: string, usual: number) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};

const viewers = numberAfter('--real', 0);
const rows = viewers > 0 ? [await real(viewers)] : await inVirtualTime();
const [first = {}] = rows;
console.log(columns([Object.keys(first), ...rows.map((row) => Object.values(row))]));
process.exit();

async function inVirtualTime() {
  simulate(process.env);
  const most = numberAfter('--viewers', Number.POSITIVE_INFINITY);
  const made = [];
  for (const audience of AUDIENCES.filter((one) => one.names * one.viewers <= most)) {
    const row = await waitingBench(audience);
    console.error(JSON.stringify(row)); // fifty thousand take minutes
    made.push(row);
  }
  return made;
}

async function real(many: number) {
  process.on('exit', discardAll); // the local stack is not in the terminal's group
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.env.LOG_LEVEL = 'error';
  const stack = await npmStart();
  const outcome = await realClients(stack.urls, {
    viewers: many,
    withinMs: numberAfter('--within', 300) * 1000,
  });
  await stack.endAll('SIGINT');
  const { faults, ...figures } = outcome;
  const isWhole = figures.lastSeatedS !== undefined;
  if (!isWhole) faults.push('not all viewers had a seat in time');
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
  return figures;
}
