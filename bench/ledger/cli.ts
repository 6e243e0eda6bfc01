import { simulate } from '../../simulation/environment.ts';
import { ledgerBench } from './ledger.ts';

/*
 * What attendance costs for ten thousand viewers: `npm run bench:ledger`. `-- --viewers 1000` for another size. In virtual time from a
 * seed: the same code gives the same figures on any machine, but for the milliseconds of the processor.
 */
simulate(process.env);

const [, viewers = '10000'] = process.argv.slice(2).join(' ').split('--viewers ');
console.log(JSON.stringify(await ledgerBench(Number(viewers)), null, 2));
