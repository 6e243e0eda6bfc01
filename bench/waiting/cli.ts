import { simulate } from '../../simulation/environment.ts';
import { columns } from '../tables.ts';
import { AUDIENCES, waitingBench } from './waiting.ts';

/*
 * How people wait for a presenter, from ten to fifty thousand: `npm run bench:waiting`. `-- --viewers 1000` runs the sizes up to
 * that many people of one name. In virtual time from a seed: the same code gives the same figures on any machine.
 */
simulate(process.env);

const [, most = String(Number.POSITIVE_INFINITY)] = process.argv.slice(2).join(' ').split('--viewers ');
const chosen = AUDIENCES.filter(({ names, viewers }) => names * viewers <= Number(most));
const rows = [];
for (const audience of chosen) {
  const row = await waitingBench(audience);
  console.error(JSON.stringify(row)); // fifty thousand take minutes
  rows.push(row);
}
const [first = {}] = rows;
console.log(columns([Object.keys(first), ...rows.map((row) => Object.values(row))]));
