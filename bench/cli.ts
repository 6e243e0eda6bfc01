import { parseArgs } from 'node:util';
import { simulate } from '../simulation/environment.ts';
import { rounded } from '../simulation/numbers.ts';
import { dollarsPerMillion, memoryMb, PRICES, type Usage } from './cost.ts';
import { placementRows, tableOf } from './placement/placement.ts';
import { coldStartTable, costTable, crowdTable, joinTable } from './tables.ts';

/*
 * Every figure beside its rival, in one run: `npm run bench`. With `--json`, stdout is one JSON object (`npm run --silent
 * bench -- --json`). `--plots` draws the pictures of docs/plots again, and `--only crowd,join,cost,placement,coldStart`
 * selects parts; `--seed 2` plays the crowds with another seed. All but the cold starts runs in virtual time from seeds: the same
 * code gives the same figures on any machine.
 */
simulate(process.env);

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    plots: { type: 'boolean', default: false },
    only: { type: 'string', default: 'crowd,join,cost,placement,coldStart' },
    seed: { type: 'string', default: '1' },
  },
});
const wanted = new Set(values.only.split(','));
const progress = (words: string) => console.error(words);

/** Measures a selected part. The modules of other parts are not loaded. */
async function part<T>(name: string, measure: () => Promise<T>): Promise<T | undefined> {
  if (!wanted.has(name)) return undefined;
  progress(name);
  return measure();
}

const crowd = await part('crowd', async () =>
  (await import('./crowd/crowd.ts')).crowdBench(progress, Number(values.seed)),
);
const join = await part('join', async () => (await import('./join/join.ts')).joinBench());
const cost = await part('cost', async () => costs());
const placement = await part('placement', async () => placementRows());
const coldStart = await part('coldStart', async () =>
  (await import('./cold-start/cold-start.ts')).coldStart(),
);

/** The costs of a warm join, and of one join in each crowd. The response size is a warm join's. */
function costs() {
  const memory = memoryMb();
  const responseBytes = join?.bytes.response ?? 0;
  const price = (usage: Omit<Usage, 'responseBytes'>) =>
    dollarsPerMillion({ ...usage, responseBytes }, memory);
  const warm = join && price({ requests: 1, ...join.perJoin });
  const ways = crowd && {
    unannounced: price(usageOf(crowd.told.unannounced)),
    provisioned: price(usageOf(crowd.told.provisioned)),
    naive: price(naiveUsage(crowd.told.naive, crowd.told.viewers)),
  };
  return { dollarsPerMillionJoins: warm?.total, memoryMb: memory, warm, crowd: ways, prices: PRICES };
}

interface PerJoin {
  requestsPerJoin: number;
  lambdaMsPerJoin: number;
  readUnitsPerJoin: number;
  writeUnitsPerJoin: number;
}

function usageOf(way: PerJoin): Omit<Usage, 'responseBytes'> {
  return {
    requests: way.requestsPerJoin,
    lambdaMs: way.lambdaMsPerJoin,
    readUnits: way.readUnitsPerJoin,
    writeUnits: way.writeUnitsPerJoin,
  };
}

/** The demo reads once per request, eventually consistently, and writes next to nothing. */
function naiveUsage(naive: { joinRequests: number; lambdaMsPerJoin: number }, viewers: number) {
  const requests = rounded(naive.joinRequests / viewers);
  return { requests, lambdaMs: naive.lambdaMsPerJoin, readUnits: requests / 2, writeUnits: 0 };
}

if (values.plots) (await import('./plots/plots.ts')).drawPlots(crowd?.curves, placement);
if (values.json) console.log(JSON.stringify({ crowd: crowd?.told, join, coldStart, cost, placement }));
else {
  const tables = [
    crowd && crowdTable(crowd.told),
    join && joinTable(join),
    cost && costTable(cost),
    coldStart && coldStartTable(coldStart),
    placement &&
      `Placement: mean RTT to the assigned replica in ms, times the optimum, p95.\n\n${tableOf(placement)}`,
  ];
  console.log(tables.filter(Boolean).join('\n\n'));
}
