import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Expected } from '../../lib/domain/placement/demand.ts';
import { seeded } from '../../lib/domain/placement/dirichlet.ts';
import type { Shares } from '../../local/load-generator/internet-users.ts';
import { AUDIENCES, UNSEEN } from '../../local/load-generator/known-audiences.ts';
import { mean } from '../../simulation/numbers.ts';
import { columns } from '../tables.ts';
import { Balcony } from './balcony.ts';
import { optimumOf, summary } from './optimum.ts';
import { crowdOf, inBursts, inRandomOrder } from './orders.ts';
import { JUDGED_AT, ORDERS, type Setting, USUAL } from './placement.ts';
import { afterAWeek } from './weeks.ts';

/** The orders of arrival for each of the other audiences. */
const ORDERS_OF_OTHERS = 10;

/** What a weekly event gains from its second week on: mean RTTs as multiples of the optimum. */
export interface Weeks {
  audience: string;
  optimumMeanRttMs: number;
  /** Without and with the arrivals of a first week, in random orders. */
  firstWeek: number;
  secondWeek: number;
  /** The same where viewers arrive in bursts from one media region. */
  firstInBursts: number;
  secondInBursts: number;
  /** The first week had another audience: the mean over all others, the worst of them, and the same orders without any. */
  changed: number;
  worstChange: number;
  worstBefore: string;
  unchanged: number;
}

/** Each audience at four replicas in its second week, after a first week with the same audience and with every other one. */
export function weekRows({ audiences, ...setting }: Setting = USUAL): Weeks[] {
  return Object.entries(audiences).map(([audience, shares]) => weeksOf(audience, shares, setting));
}

function weeksOf(audience: string, shares: Shares, setting: Omit<Setting, 'audiences'>): Weeks {
  const crowd = crowdOf(shares, setting.viewers);
  const optimum = optimumOf(crowd, JUDGED_AT).meanRttMs;
  const seeds = Array.from({ length: ORDERS.judged }, (_, at) => setting.firstOrder + at);
  const few = seeds.slice(0, ORDERS_OF_OTHERS);
  const play = (some: number[], order: typeof inBursts, known: (seed: number) => Expected) =>
    mean(some.map((seed) => meanRttMs(order(crowd, seed), known(seed), setting.seats))) / optimum;
  const same = (seed: number) => afterAWeek(shares, seed);
  const others = Object.entries({ ...AUDIENCES, ...UNSEEN })
    .filter(([name]) => name !== audience)
    .map(([name, other]) => ({ name, times: play(few, inRandomOrder, (seed) => afterAWeek(other, seed)) }));
  const worst = others.toSorted((a, b) => b.times - a.times)[0] as (typeof others)[number];
  return {
    audience,
    optimumMeanRttMs: optimum,
    firstWeek: play(seeds, inRandomOrder, () => ({})),
    secondWeek: play(seeds, inRandomOrder, same),
    firstInBursts: play(seeds, inBursts, () => ({})),
    secondInBursts: play(seeds, inBursts, same),
    changed: mean(others.map(({ times }) => times)),
    worstChange: worst.times,
    worstBefore: worst.name,
    unchanged: play(few, inRandomOrder, () => ({})),
  };
}

function meanRttMs(order: readonly MediaRegion[], known: Expected, seats: number): number {
  const balcony = new Balcony({ most: JUDGED_AT, seats, ...known });
  const random = seeded(1);
  return summary(order.map((viewer) => balcony.seat(viewer, random()))).meanRttMs;
}

/** One line for each audience: the optimum in ms, then the multiples of it. */
export function weeksTable(rows: readonly Weeks[]): string {
  const head = ['', 'optimum', '1st week', '2nd week', '1st bursts', '2nd bursts'];
  const others = ['same orders', 'other before', 'worst before', ''];
  const lines = rows.map((row) => [
    row.audience,
    row.optimumMeanRttMs.toFixed(1),
    ...[row.firstWeek, row.secondWeek, row.firstInBursts, row.secondInBursts].map((times) =>
      times.toFixed(2),
    ),
    ...[row.unchanged, row.changed, row.worstChange].map((times) => times.toFixed(2)),
    row.worstBefore,
  ]);
  return columns([[...head, ...others], ...lines]);
}
