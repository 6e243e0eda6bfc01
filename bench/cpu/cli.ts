import { simulate } from '../../simulation/environment.ts';

simulate(process.env);
const { cpuBench } = await import('./cpu.ts');
console.log(JSON.stringify(await cpuBench({ rounds: 3, requests: 100, names: 40 }), null, 1));
process.exit();
