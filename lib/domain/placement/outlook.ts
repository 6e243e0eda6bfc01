import { type Demand, scaled, type Tally, totalOf, type Weights, weightsOf } from './demand.ts';
import { trustIn } from './last-audience.ts';

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

/**
 * The greatest weight of a forecast, and of a last audience that is the same again, in viewers. Once as many have come, they
 * weigh as much as it does. The last audience has the larger one, because it loses all weight when the arrivals contradict it.
 */
const FORECAST_VIEWERS = 100;
const LAST_VIEWERS = 250;

/** The weight of unseen viewers for each region seen only once, and of the world prior, in viewers. */
const UNSEEN_PER_SINGLE = 3;
const UNSEEN_ANYWHERE = 0.5;

/** From this probability on, the last audience is expected to be the same again. */
const TRUSTED = 0.5;

/** One explanation of the arrivals: where the next viewers are expected if it is true, and how probable it is. */
export interface Outlook {
  weights: Weights;
  probability: number;
}

/**
 * Where the next viewers are expected, for each explanation of the arrivals. Without a last audience there is one. With it
 * there are two: it is the same audience again, or it is another one.
 */
export function outlooksOf(demand: Demand): Outlook[] {
  const { arrivals, lastAudience } = demand;
  const other = outlookWithout(demand);
  if (!lastAudience) return [{ weights: other, probability: 1 }];
  const trust = trustIn(lastAudience, arrivals);
  const same = sumOf(other, atMost(LAST_VIEWERS, lastAudience));
  return [
    { weights: same, probability: trust },
    { weights: other, probability: 1 - trust },
  ];
}

/** Where the next viewers are expected: the mean of the outlooks. */
export function outlookOf(demand: Demand): Weights {
  const [one, ...more] = outlooksOf(demand) as [Outlook, ...Outlook[]];
  if (more.length === 0) return one.weights;
  return [one, ...more].map(({ weights, probability }) => scaled(weights, probability)).reduce(sumOf);
}

/**
 * The expected audience before its viewers came: the forecast of the host, or the last audience while the arrivals do not
 * contradict it. Undefined if nothing is expected.
 */
export function expectedOf({ arrivals, forecast, lastAudience }: Demand): Tally | undefined {
  if (forecast || !lastAudience) return forecast;
  return trustIn(lastAudience, arrivals) >= TRUSTED ? lastAudience : undefined;
}

/**
 * Where the next viewers are expected by the arrivals, the forecast, and a small share of the whole world. The number of
 * regions seen only once determines that share (Good 1953: it estimates the share of what was not seen). So two viewers prove
 * little, and fifty viewers from three regions prove almost everything.
 */
function outlookWithout({ arrivals, forecast = {} }: Demand): Weights {
  const seen = weightsOf(arrivals);
  const singles = seen.filter((viewers) => viewers === 1).length;
  const world = scaled(weightsOf(WORLD), singles * UNSEEN_PER_SINGLE + UNSEEN_ANYWHERE);
  return [seen, atMost(FORECAST_VIEWERS, forecast), world].reduce(sumOf);
}

const atMost = (viewers: number, tally: Tally): Weights =>
  scaled(weightsOf(tally), Math.min(totalOf(tally), viewers));
const sumOf = (a: Weights, b: Weights): number[] => a.map((weight, at) => weight + (b[at] as number));
