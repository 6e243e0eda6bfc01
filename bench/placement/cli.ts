import { UNSEEN } from '../../local/load-generator/known-audiences.ts';
import { placementRows, tableOf, USUAL } from './placement.ts';

/** `--viewers 250 --seats 250 --first-order 5000 --unseen --json`, all optional. */
const numberAfter = (flag: string, usual: number) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};

const rows = placementRows({
  audiences: process.argv.includes('--unseen') ? UNSEEN : USUAL.audiences,
  viewers: numberAfter('--viewers', USUAL.viewers),
  seats: numberAfter('--seats', USUAL.seats),
  firstOrder: numberAfter('--first-order', USUAL.firstOrder),
});

if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else {
  console.log(
    'Mean RTT to the assigned replica in ms, times the optimum, and the 95th percentile; random orders.',
  );
  console.log(
    'The optimum is the best k of 18 media regions with the whole audience known, and seats for all.\n',
  );
  console.log(tableOf(rows));
}
