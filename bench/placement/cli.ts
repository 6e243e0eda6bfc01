import { placementRows, tableOf } from './placement.ts';

const rows = placementRows();
if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else {
  console.log(
    'Mean RTT to the assigned replica in ms, times the optimum, and the 95th percentile; 1,000 viewers,',
  );
  console.log(
    'random orders. The optimum is the best k of 18 media regions with the whole audience known.\n',
  );
  console.log(tableOf(rows));
}
