import { UNSEEN } from '../../local/load-generator/known-audiences.ts';
import { placementRows, tableOf, USUAL } from './placement.ts';
import { weekRows, weeksTable } from './second-week.ts';
import { wakingRows, wakingTable } from './waking.ts';

/**
 * `--viewers 250 --seats 250 --first-order 5000 --unseen --weeks --waking --json`, all optional. `--weeks`: only the second week.
 * `--waking`: only the audiences whose time zones wake up.
 */
const numberAfter = (flag: string, usual: number) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const isSet = (flag: string) => process.argv.includes(flag);

const setting = {
  audiences: isSet('--unseen') ? UNSEEN : USUAL.audiences,
  viewers: numberAfter('--viewers', USUAL.viewers),
  seats: numberAfter('--seats', USUAL.seats),
  firstOrder: numberAfter('--first-order', USUAL.firstOrder),
};
const isPart = isSet('--weeks') || isSet('--waking');
const rows = isPart ? undefined : placementRows(setting);
const weeks = isSet('--waking') ? undefined : weekRows(setting);
const waking = isSet('--weeks') ? undefined : wakingRows(setting);

const WORDS = `Mean RTT to the assigned replica in ms, times the optimum, and the 95th percentile; random orders.
The optimum is the best k of 18 media regions with the whole audience known, and seats for all.
`;
const WEEKS = `
A weekly event with four replicas: mean RTT, times the optimum. The first week had the same audience with noise, in another
order and of another size; in the last three columns another audience: the mean over all others, and the worst.
`;
const WAKING = `
Time zones wake up one after another; four replicas. Mean RTT, times the optimum of those who come: if all zones come, if the
arrivals end after the worst zone, and the bound that no strategy beats there.
`;

if (isSet('--json')) console.log(JSON.stringify({ rows, weeks, waking }));
else {
  if (rows) console.log(`${WORDS}\n${tableOf(rows)}`);
  if (weeks) console.log(`${WEEKS}\n${weeksTable(weeks)}`);
  if (waking) console.log(`${WAKING}\n${wakingTable(waking)}`);
}
