import { UNSEEN } from '../../local/load-generator/known-audiences.ts';
import { placementRows, tableOf, USUAL } from './placement.ts';
import { weekRows, weeksTable } from './second-week.ts';

/** `--viewers 250 --seats 250 --first-order 5000 --unseen --weeks --json`, all optional. `--weeks`: only the second week. */
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
const rows = isSet('--weeks') ? undefined : placementRows(setting);
const weeks = weekRows(setting);

const WORDS = `Mean RTT to the assigned replica in ms, times the optimum, and the 95th percentile; random orders.
The optimum is the best k of 18 media regions with the whole audience known, and seats for all.
`;
const WEEKS = `
A weekly event with four replicas: mean RTT, times the optimum. The first week had the same audience with noise, in another
order and of another size; in the last three columns another audience: the mean over all others, and the worst.
`;

if (isSet('--json')) console.log(JSON.stringify({ rows, weeks }));
else {
  if (rows) console.log(`${WORDS}\n${tableOf(rows)}`);
  console.log(`${WEEKS}\n${weeksTable(weeks)}`);
}
