import { simulate } from '../../simulation/environment.ts';
import { reconcilerBench } from './reconciler.ts';

/*
 * The reconciler over many live names, a few of them in trouble, on Chime's default quota: `npm run bench:reconciler`. `-- --names 2000
 * --minutes 20 --troubles 10` for another size, `--replicas 3 --viewers 12` for names with an audience. In virtual time from a
 * seed: the same code gives the same figures on any machine.
 */
simulate(process.env);
const after = (flag: string, usual: number) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const minutes = after('--minutes', 30);
const troubles = after('--troubles', 10);
const replicas = after('--replicas', 0);
const audience = { replicas, viewers: replicas === 0 ? 0 : after('--viewers', 12) };
const sizes = process.argv.includes('--names') ? [after('--names', 0)] : [200, 2000, 10_000];
for (const names of sizes)
  console.log(JSON.stringify(await reconcilerBench({ names, minutes, troubles, audience })));
process.exit();
