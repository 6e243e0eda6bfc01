import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { seeded } from '../../lib/domain/placement/dirichlet.ts';
import type { Shares } from '../../local/load-generator/internet-users.ts';
import { columns } from '../tables.ts';
import { Balcony } from './balcony.ts';
import { boundOf, waveOf } from './bound.ts';
import { crowdOf, inRandomOrder, TIME_ZONES } from './orders.ts';
import { JUDGED_AT, type Setting, USUAL } from './placement.ts';

/** The random orders within the time zones, for each zone where the event may begin. */
const ORDERS_OF_EACH = 5;
/** The arrivals may end once this share of the viewers came. */
const LEAST_SHARE = 0.25;

/** One audience as its time zones wake up, in multiples of the optimum. Each is the mean over the zones where the event may begin. */
export interface Waking {
  audience: string;
  /** Balcony, if all zones come. */
  whole: number;
  /** Balcony, if the arrivals end after the worst of the zones. */
  worstEnd: number;
  /** What no strategy falls below at its worst end (`bound.ts`). */
  bound: number;
}

/** Each audience with four replicas, as its time zones wake up one after another. */
export function wakingRows({ audiences, ...setting }: Setting = USUAL): Waking[] {
  return Object.entries(audiences).map(([audience, shares]) => wakingOf(audience, shares, setting));
}

function wakingOf(audience: string, shares: Shares, setting: Omit<Setting, 'audiences'>): Waking {
  const crowd = crowdOf(shares, setting.viewers);
  const starts = TIME_ZONES.map((_, first) => fromZone(crowd, first, setting));
  const meanOf = (of: (start: Start) => number) =>
    starts.reduce((sum, start) => sum + of(start), 0) / starts.length;
  return {
    audience,
    whole: meanOf(({ ratios }) => ratios.at(-1) as number),
    worstEnd: meanOf(({ ratios }) => Math.max(...ratios)),
    bound: meanOf(({ bound }) => bound),
  };
}

interface Start {
  /** Balcony at each end. */
  ratios: number[];
  bound: number;
}

function fromZone(crowd: readonly MediaRegion[], first: number, setting: Omit<Setting, 'audiences'>): Start {
  const zones = [...TIME_ZONES.slice(first), ...TIME_ZONES.slice(0, first)]
    .map((zone) => crowd.filter((viewer) => zone.includes(viewer)))
    .filter((viewers) => viewers.length > 0);
  const came = zones.map((_, last) => zones.slice(0, last + 1).flat().length);
  const ends = came.map((viewers) => viewers >= crowd.length * LEAST_SHARE);
  const { ratio: bound, optima } = boundOf({ waves: zones.map(waveOf), ends });
  const paid = came.map(() => 0);
  for (let order = 0; order < ORDERS_OF_EACH; order++) {
    const seed = setting.firstOrder + order;
    const rtts = seated(
      zones.flatMap((viewers) => inRandomOrder(viewers, seed)),
      setting.seats,
    );
    for (const [end, viewers] of came.entries())
      paid[end] = (paid[end] as number) + sumOf(rtts.slice(0, viewers)) / ORDERS_OF_EACH;
  }
  return { bound, ratios: paid.map((ms, end) => ms / (optima[end] as number)).filter((_, end) => ends[end]) };
}

function seated(order: readonly MediaRegion[], seats: number): number[] {
  const balcony = new Balcony({ most: JUDGED_AT, seats });
  const random = seeded(1);
  return order.map((viewer) => balcony.seat(viewer, random()));
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

/** One line for each audience. */
export function wakingTable(rows: readonly Waking[]): string {
  const head = ['', 'all zones', 'worst end', 'bound'];
  const lines = rows.map(({ audience, ...times }) => [
    audience,
    ...[times.whole, times.worstEnd, times.bound].map((each) => each.toFixed(2)),
  ]);
  return columns([head, ...lines]);
}
