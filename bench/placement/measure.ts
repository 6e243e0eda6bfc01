import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { rttMs } from '../../lib/domain/geo/rtt.ts';
import type { Tally } from '../../lib/domain/placement/demand.ts';
import { seeded } from '../../lib/domain/placement/dirichlet.ts';
import type { Shares } from '../../local/load-generator/internet-users.ts';
import { Balcony } from './balcony.ts';
import { optimumOf, summary } from './optimum.ts';
import { crowdOf, inRandomOrder } from './orders.ts';
import { type House, RIVALS, type Rule } from './rivals.ts';

export interface Row {
  audience: string;
  k: number;
  strategy: string;
  meanRttMs: number;
  p95RttMs: number;
  optimumMeanRttMs: number;
}

export interface Situation {
  audience: string;
  shares: Shares;
  viewers: number;
  seats: number;
  k: number;
  orders: number;
  /** The seed of the first order of arrival. Orders from 5000 on were not used to choose the constants of placement. */
  firstOrder: number;
}

type Seating = (crowd: MediaRegion[], situation: Situation) => number[];

const balcony =
  (forecastOf: (situation: Situation) => Tally | undefined): Seating =>
  (crowd, situation) => {
    const forecast = forecastOf(situation);
    const { k: most, seats } = situation;
    const ours = new Balcony({ most, seats, ...(forecast && { forecast }) });
    const random = seeded(1);
    return crowd.map((viewer) => ours.seat(viewer, random()));
  };

const rival =
  (rule: Rule): Seating =>
  (crowd, { k: most, seats }) => {
    const house: House = { rooms: [], most, seats };
    return crowd.map((viewer) => {
      const room = rule(house, viewer);
      room.taken++;
      return rttMs(viewer, room.mediaRegion);
    });
  };

const STRATEGIES: Record<string, Seating> = {
  balcony: balcony(() => undefined),
  'balcony, forecast': balcony(({ shares }) => shares),
  ...Object.fromEntries(Object.entries(RIVALS).map(([name, rule]) => [name, rival(rule)])),
};

/** Every strategy on the same crowd in the same random orders, and the optimum; means over all orders. */
export function measure(situation: Situation): Row[] {
  const { audience, k } = situation;
  const crowd = crowdOf(situation.shares, situation.viewers);
  const optimum = optimumOf(crowd, k);
  const orders = Array.from({ length: situation.orders }, (_, at) =>
    inRandomOrder(crowd, situation.firstOrder + at),
  );
  const row = (strategy: string, rtts: number[]) => ({
    ...{ audience, k, strategy, optimumMeanRttMs: round(optimum.meanRttMs) },
    ...rounded(summary(rtts)),
  });
  const played = Object.entries(STRATEGIES).map(([strategy, seat]) =>
    row(
      strategy,
      orders.flatMap((order) => seat(order, situation)),
    ),
  );
  return [
    ...played,
    row(
      'optimum',
      crowd.map((viewer) => Math.min(...optimum.places.map((place) => rttMs(viewer, place)))),
    ),
  ];
}

const round = (ms: number) => Math.round(ms * 100) / 100;
const rounded = ({ meanRttMs, p95RttMs }: { meanRttMs: number; p95RttMs: number }) => ({
  meanRttMs: round(meanRttMs),
  p95RttMs: round(p95RttMs),
});
