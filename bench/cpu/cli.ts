import { simulate } from '../../simulation/environment.ts';
import { rounded } from '../../simulation/numbers.ts';

/*
 * Processor time and memory of a warm container: `npm run bench:cpu`. `-- --rounds 6 --requests 400 --names 200 --joins 10000` for another
 * size. Milliseconds are those of this machine; compare them only within one run.
 */
simulate(process.env);
const { cpuBench } = await import('./cpu.ts');
const { heapBench, loadedBytes } = await import('./heap.ts');
const after = (flag: string, usual: number) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const size = {
  rounds: after('--rounds', 6),
  requests: after('--requests', 400),
  names: after('--names', 200),
};
console.log(`Milliseconds of the processor, ${process.version}: the least of ${size.rounds} rounds`);
console.table(await cpuBench(size));
const joins = after('--joins', 10_000);
if (joins > 0) {
  const kB = (bytes: number) => rounded(bytes / 1000, 0);
  const { entries, joins: all, names, ...bytes } = await heapBench(joins, 100);
  console.log(
    `Heap after ${all} joins of ${names} names, in KB; the caches have ${entries.join(', ')} entries`,
  );
  console.table(
    Object.entries({ loadedBytes: loadedBytes(), ...bytes }).map(([what, number]) => ({
      what: what.replace('Bytes', ''),
      KB: kB(number),
    })),
  );
}
process.exit();
