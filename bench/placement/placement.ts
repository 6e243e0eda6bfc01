import type { Shares } from '../../local/load-generator/internet-users.ts';
import { AUDIENCES } from '../../local/load-generator/known-audiences.ts';
import { measure, type Row } from './measure.ts';

/** The options of a run. */
export interface Setting {
  audiences: Readonly<Record<string, Shares>>;
  viewers: number;
  /** The seats of one replica. */
  seats: number;
  firstOrder: number;
}

/** The usual setting. Seats never run short, so only the places of the replicas matter, and the optimum is exact. */
export const USUAL: Setting = { audiences: AUDIENCES, viewers: 1000, seats: 100_000, firstOrder: 0 };

const MOST = 8;
export const JUDGED_AT = 4;
/** The number of random orders: most where the goal is judged. */
export const ORDERS = { judged: 100, others: 6 };

/** Every audience with one to eight replicas, if they seat it. */
export function placementRows({ audiences, ...setting }: Setting = USUAL): Row[] {
  const counts = Array.from({ length: MOST }, (_, at) => at + 1);
  const enough = counts.filter((k) => k * setting.seats >= setting.viewers);
  return Object.entries(audiences).flatMap(([audience, shares]) =>
    enough.flatMap((k) => {
      const orders = k === JUDGED_AT ? ORDERS.judged : ORDERS.others;
      return measure({ ...setting, audience, shares, k, orders });
    }),
  );
}

/** One line for each audience and k: the optimum in ms, then each strategy's ratio to it, and its p95. */
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
