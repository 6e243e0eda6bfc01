import type { MediaRegion } from './media-regions.ts';
import { rttMs } from './rtt.ts';

/** How many viewers, by their own media region. */
export type Tally = Partial<Record<MediaRegion, number>>;

/** What is known of an audience: who came so far, and whom the host expects. */
export interface Demand {
  arrivals: Tally;
  forecast?: Tally;
}

/** What a forecast weighs, in viewers: when so many have come, they count as much as it does. */
const FORECAST_WEIGHT = 100;

/** Where the next viewers are expected, as a weight for each media region: those who came, and the forecast. */
export function expected({ arrivals, forecast = {} }: Demand): Tally {
  const total = Object.values(forecast).reduce((sum, each) => sum + each, 0);
  const share = total > 0 ? Math.min(total, FORECAST_WEIGHT) / total : 0;
  const weights = { ...arrivals };
  for (const [region, viewers] of Object.entries(forecast) as [MediaRegion, number][])
    weights[region] = (weights[region] ?? 0) + viewers * share;
  return weights;
}

/** The weights and distances of one question, as arrays: row c is candidate c, column v is a media region of viewers. */
interface Field {
  weight: number[];
  /** To what is standing already. */
  standing: number[];
  away: number[][];
}

function fieldOf(
  weights: Tally,
  standing: readonly MediaRegion[],
  candidates: readonly MediaRegion[],
): Field {
  const from = Object.keys(weights) as MediaRegion[];
  return {
    weight: from.map((region) => weights[region] ?? 0),
    standing: from.map((region) => Math.min(500, ...standing.map((there) => rttMs(region, there)))),
    away: candidates.map((there) => from.map((region) => rttMs(region, there))),
  };
}

function costOf({ weight, standing, away }: Field, chosen: readonly number[]): number {
  let cost = 0;
  for (let v = 0; v < weight.length; v++) {
    let least = standing[v] as number;
    for (const c of chosen) least = Math.min(least, (away[c] as number[])[v] as number);
    cost += (weight[v] as number) * least;
  }
  return cost;
}

export function bestPlan(
  weights: Tally,
  standing: readonly MediaRegion[],
  { candidates, count }: { candidates: readonly MediaRegion[]; count: number },
): MediaRegion[] {
  const field = fieldOf(weights, standing, candidates);
  const n = Math.min(count, candidates.length);
  const chosen: number[] = [];
  let cost = costOf(field, chosen);
  for (let i = 0; i < n; i++) {
    let best = -1,
      least = cost;
    for (let c = 0; c < candidates.length; c++) {
      const with_ = costOf(field, [...chosen, c]);
      if (with_ < least) {
        least = with_;
        best = c;
      }
    }
    if (best < 0) break;
    chosen.push(best);
    cost = least;
  }
  for (let moved = true; moved; ) {
    moved = false;
    for (let i = 0; i < chosen.length; i++)
      for (let c = 0; c < candidates.length; c++) {
        const old = chosen[i] as number;
        chosen[i] = c;
        const with_ = costOf(field, chosen);
        if (with_ < cost - 1e-9) {
          cost = with_;
          moved = true;
        } else chosen[i] = old;
      }
  }
  return chosen.map((c) => candidates[c] as MediaRegion);
}
