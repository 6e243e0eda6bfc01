import { ALL_MEDIA_REGIONS, MEDIA_REGIONS } from '../geo/media-regions.ts';
import { inTally, scaled, type Tally, totalOf, type Weights, weightsOf } from './demand.ts';
import { logLikelihood } from './dirichlet.ts';

/** One life counts as at most this many viewers, so that the record is bounded and no life outweighs the next ones for long. */
const LIFE_VIEWERS = 1000;
/** The share that the audience of all earlier lives keeps after one more life: a half-life of one life. */
const KEPT = 0.5;

/**
 * The last audience of a name after a life with these arrivals. The numbers of all earlier lives are halved, so the last life
 * weighs as much as all lives before it together. A small life adds little: an accident with three viewers does not replace the
 * audience of every week. Without arrivals the life says nothing, and the result is undefined. A media region without new
 * viewers is forgotten after at most eleven lives.
 */
export function lastAudienceAfter(before: Tally | undefined, arrivals: Tally): Tally | undefined {
  const total = totalOf(arrivals);
  if (total === 0) return undefined;
  const life = scaled(weightsOf(arrivals), Math.min(total, LIFE_VIEWERS)).map(Math.round);
  const kept = weightsOf(before ?? {}).map((viewers) => Math.floor(viewers * KEPT));
  return inTally(life.map((viewers, at) => viewers + (kept[at] as number)));
}

/** How probable it is, before the first viewer comes, that the audience is the last one again. */
const SAME_AGAIN = 0.6;
/** How firmly the same audience keeps its proportions at most, and any other audience keeps even ones, in viewers. */
const FIRMNESS = { same: 50, other: 4 };
/** Viewers of one place often arrive together, so n viewers from a media region prove as much as n to this power. */
const INDEPENDENCE = 0.7;
/** The weight of a media region that not all control regions reach, beside 1 for the others. */
const RARE = 0.01;

/**
 * How probable it is that these arrivals are the last audience again (0 to 1), by Bayes' rule. The alternative is an audience of
 * which nothing is known. The likelihoods are those of the Dirichlet-multinomial distribution: the proportions vary around the
 * last audience, or around even ones.
 */
export function trustIn(lastAudience: Tally, arrivals: Tally): number {
  const came = weightsOf(arrivals).map((viewers) => viewers ** INDEPENDENCE);
  const even = scaled(EVEN, FIRMNESS.other);
  const last = scaled(weightsOf(lastAudience), Math.min(totalOf(lastAudience), FIRMNESS.same));
  const same = last.map((weight, at) => weight + (even[at] as number));
  const evidence = logLikelihood(came, same) - logLikelihood(came, even);
  return 1 / (1 + ((1 - SAME_AGAIN) / SAME_AGAIN) * Math.exp(-evidence));
}

const EVEN: Weights = ALL_MEDIA_REGIONS.map((mediaRegion) =>
  (MEDIA_REGIONS as readonly string[]).includes(mediaRegion) ? 1 : RARE,
);
