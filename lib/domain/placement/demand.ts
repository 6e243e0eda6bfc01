import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';

/** How many viewers, by their own media region. */
export type Tally = Partial<Record<MediaRegion, number>>;

/** What is known of an audience: who was seated so far in this epoch, and whom the host expects. */
export interface Demand {
  arrivals: Tally;
  forecast?: Tally;
}

/** The demand as far as it was read: the forecast is there or it is not. */
export function demandOf(arrivals: Tally, forecast: Tally | undefined): Demand {
  return forecast ? { arrivals, forecast } : { arrivals };
}

/** A number for each media region, in the order of ALL_MEDIA_REGIONS. */
export type Weights = readonly number[];

/**
 * Where viewers live who were not seen yet, when nothing else is known: people who use the internet, in percent, by
 * the media region that serves their country (ITU and World Bank, about 2023:
 * https://data.worldbank.org/indicator/IT.NET.USER.ZS; the United States spread by time zone).
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

/** What a forecast weighs at most, in viewers: when so many have come, they count as much as it does. */
const FORECAST_VIEWERS = 100;

/** What each region seen only once, and the world as such, say of those not seen yet, in viewers. */
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
 * Where the next viewers are expected: those who came, the forecast, and a little of the whole world. How little, the
 * regions seen only once tell (Good 1953: their share estimates the share of what was not seen at all), so that two
 * strangers prove nothing, and fifty viewers from three regions nearly everything.
 */
export function outlookOf({ arrivals, forecast = {} }: Demand): number[] {
  const seen = weightsOf(arrivals);
  const singles = seen.filter((viewers) => viewers === 1).length;
  const unseen = singles * UNSEEN_PER_SINGLE + UNSEEN_ANYWHERE;
  const told = scaled(weightsOf(forecast), Math.min(totalOf(forecast), FORECAST_VIEWERS));
  const world = scaled(weightsOf(WORLD), unseen);
  return seen.map((viewers, at) => viewers + (told[at] as number) + (world[at] as number));
}

/** The same audience, and one viewer more. */
export function withArrival(demand: Demand, mediaRegion: MediaRegion): Demand {
  const { arrivals } = demand;
  return { ...demand, arrivals: { ...arrivals, [mediaRegion]: (arrivals[mediaRegion] ?? 0) + 1 } };
}

/** The same proportions with another sum; nothing stays nothing. */
export function scaled(weights: Weights, sum: number): number[] {
  const whole = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => (whole > 0 ? (each * sum) / whole : 0));
}
