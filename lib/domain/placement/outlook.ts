import {
  type Demand,
  inTally,
  scaled,
  sumOf,
  type Tally,
  totalOf,
  type Weights,
  weightsOf,
} from './demand.ts';
import { type Kind, kindsAfter, WORLD } from './kinds-of-audience.ts';
import { trustIn } from './last-audience.ts';

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

/**
 * The explanations of the arrivals:
 *
 * 1. With a forecast there is one: the forecast.
 * 2. With a last audience: it is the same again, or another. While that is trusted, the alternative is the arrivals and the world.
 *    Then it is the kinds of audience. (With those from the start, a second week was up to 4 % farther from the optimum.)
 * 3. Otherwise the kinds of audience. In bursts they are weighed by fewer viewers than came.
 */
export function outlooksOf(demand: Demand): Kind[] {
  const { arrivals, forecast, lastAudience, inBursts } = demand;
  if (forecast) return [certain(expectedNext(demand, atMost(FORECAST_VIEWERS, forecast)))];
  const independent = inBursts ? independentIn(arrivals) : arrivals;
  if (!lastAudience) return kindsAfter(independent);
  const trust = trustIn(lastAudience, arrivals);
  const others = trust < TRUSTED ? kindsAfter(independent) : [certain(expectedNext(demand, NOTHING))];
  const same = certain(expectedNext(demand, atMost(LAST_VIEWERS, lastAudience)));
  return [
    { ...same, probability: trust },
    ...others.map(({ parts, probability }) => ({ parts, probability: probability * (1 - trust) })),
  ];
}

/** Of viewers who come in bursts, this many prove as much as one who comes independently. The first of a media region proves as much. */
const IN_BURST = 10;

function independentIn(arrivals: Tally): Tally {
  const few = weightsOf(arrivals).map((viewers) => Math.min(viewers, Math.max(1, viewers / IN_BURST)));
  return inTally(few);
}

const NOTHING = weightsOf({});
const certain = (within: Weights): Kind => ({ parts: [{ viewers: 1, within }], probability: 1 });

/** The shares of the media regions among the next viewers: the mean of the outlooks. */
export function meanOf(outlooks: readonly Kind[]): Weights {
  return outlooks.flatMap(sharesOf).reduce(sumOf);
}

function sharesOf({ parts, probability }: Kind): Weights[] {
  const whole = parts.reduce((sum, { viewers }) => sum + viewers, 0);
  return parts.map(({ viewers, within }) => scaled(within, (probability * viewers) / whole));
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
 * Where the next viewers are expected by the arrivals, an expected audience, and a small share of the whole world. The number
 * of regions seen only once determines that share (Good 1953: it estimates the share of what was not seen). So two viewers
 * prove little, and fifty viewers from three regions prove almost everything.
 */
function expectedNext({ arrivals }: Demand, expected: Weights): Weights {
  const seen = weightsOf(arrivals);
  const singles = seen.filter((viewers) => viewers === 1).length;
  const world = scaled(weightsOf(WORLD), singles * UNSEEN_PER_SINGLE + UNSEEN_ANYWHERE);
  return [seen, expected, world].reduce(sumOf);
}

const atMost = (viewers: number, tally: Tally): Weights =>
  scaled(weightsOf(tally), Math.min(totalOf(tally), viewers));
