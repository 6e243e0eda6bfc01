import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';

/** The number of viewers by their own media region. */
export type Tally = Partial<Record<MediaRegion, number>>;

/** What is known of an audience: the viewers who were seated in this epoch, and the host's forecast. */
export interface Demand {
  arrivals: Tally;
  forecast?: Tally;
}

/** The demand from what was read; the forecast is optional. */
export function demandOf(arrivals: Tally, forecast: Tally | undefined): Demand {
  return forecast ? { arrivals, forecast } : { arrivals };
}

/** A number for each media region, in the order of ALL_MEDIA_REGIONS. */
export type Weights = readonly number[];

/**
 * Where viewers live when nothing else is known: internet users in percent, by the media region that serves their country
 * (ITU and World Bank, about 2023: https://data.worldbank.org/indicator/IT.NET.USER.ZS; the United States spread by time
 * zone).
 */
const WORLD: Tally = {
  'us-east-1': 5,
  'us-east-2': 4,
  'us-west-1': 1,
  'us-west-2': 1,
  'ca-central-1': 1,
  'sa-east-1': 6,
  'eu-west-1': 0.5,
  'eu-west-2': 4,
  'eu-west-3': 4,
  'eu-central-1': 9,
  'eu-north-1': 3,
  'eu-south-1': 4,
  'af-south-1': 2,
  'ap-south-1': 21,
  'ap-southeast-1': 10,
  'ap-southeast-2': 1,
  'ap-northeast-1': 25,
  'ap-northeast-2': 1,
};

/** The greatest weight of a forecast, in viewers. Once as many have come, they weigh as much as it does. */
const FORECAST_VIEWERS = 100;

/** The weight of unseen viewers for each region seen only once, and of the world prior, in viewers. */
const UNSEEN_PER_SINGLE = 3;
const UNSEEN_ANYWHERE = 0.5;

/** A tally as numbers in the order of ALL_MEDIA_REGIONS. */
export function weightsOf(tally: Tally): number[] {
  return ALL_MEDIA_REGIONS.map((mediaRegion) => tally[mediaRegion] ?? 0);
}

/** How many viewers a tally counts. */
export function totalOf(tally: Tally): number {
  return Object.values(tally).reduce((sum, viewers) => sum + viewers, 0);
}

/**
 * Where the next viewers are expected: by the arrivals, the forecast, and a small share of the whole world. The number of
 * regions seen only once determines that share (Good 1953: it estimates the share of what was not seen). So two viewers prove
 * little, and fifty viewers from three regions prove almost everything.
 */
export function outlookOf({ arrivals, forecast = {} }: Demand): number[] {
  const seen = weightsOf(arrivals);
  const singles = seen.filter((viewers) => viewers === 1).length;
  const unseen = singles * UNSEEN_PER_SINGLE + UNSEEN_ANYWHERE;
  const told = scaled(weightsOf(forecast), Math.min(totalOf(forecast), FORECAST_VIEWERS));
  const world = scaled(weightsOf(WORLD), unseen);
  return seen.map((viewers, at) => viewers + (told[at] as number) + (world[at] as number));
}

/** The demand with one viewer more. */
export function withArrival(demand: Demand, mediaRegion: MediaRegion): Demand {
  const { arrivals } = demand;
  return { ...demand, arrivals: { ...arrivals, [mediaRegion]: (arrivals[mediaRegion] ?? 0) + 1 } };
}

/** The same proportions with another sum. Zero weights stay zero. */
export function scaled(weights: Weights, sum: number): number[] {
  const whole = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => (whole > 0 ? (each * sum) / whole : 0));
}
