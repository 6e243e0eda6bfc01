import { AUDIENCES } from './audiences.ts';
import { measure, type Row, type Situation } from './measure.ts';

const VIEWERS = 1000;
/** Seats never run out, nor near it: where to stand is the question here, and the optimum is exact. */
const NO_LIMIT = 100 * VIEWERS;
const MOST = 8;
const JUDGED_AT = 4;
/** Random orders: most where the goal is judged. */
const ORDERS = { judged: 100, others: 12 };

/** Every audience with one to eight replicas. */
export function placementRows(): Row[] {
  return Object.entries(AUDIENCES).flatMap(([audience, shares]) =>
    Array.from({ length: MOST }, (_, at) => measure(situation(audience, shares, at + 1))).flat(),
  );
}

function situation(audience: string, shares: Situation['shares'], k: number): Situation {
  const orders = k === JUDGED_AT ? ORDERS.judged : ORDERS.others;
  return { audience, shares, k, orders, viewers: VIEWERS, seats: NO_LIMIT };
}

/** One line for each audience and k: the optimum in ms, then how many times that each strategy has, and its p95. */
export function tableOf(rows: readonly Row[]): string {
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))];
  const lines = [...new Set(rows.map(({ audience, k }) => `${audience}\t${k}`))].map((key) => {
    const [audience, k] = key.split('\t') as [string, string];
    const own = rows.filter((row) => row.audience === audience && row.k === Number(k));
    const cells = strategies.map((strategy) => cellOf(own.find((row) => row.strategy === strategy)));
    return [audience.padEnd(20), k.padStart(2), ...cells].join(' ');
  });
  const head = [
    'audience'.padEnd(20),
    ' k',
    ...strategies.map((strategy) => strategy.slice(0, 23).padStart(24)),
  ];
  return [head.join(' '), ...lines].join('\n');
}

function cellOf(row: Row | undefined): string {
  if (!row) return '';
  const times = (row.meanRttMs / row.optimumMeanRttMs).toFixed(2);
  return `${row.meanRttMs.toFixed(1)} ×${times} p95 ${row.p95RttMs}`.padStart(24);
}
