import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';
import { scaled, sumOf, type Tally, totalOf, type Weights, weightsOf } from './demand.ts';
import { dirichlet, logLikelihood, seeded } from './dirichlet.ts';

/**
 * Where viewers live when nothing else is known: internet users in percent, by the media region that serves their country
 * (ITU and World Bank, about 2023: https://data.worldbank.org/indicator/IT.NET.USER.ZS; the United States spread by time
 * zone). The last three are rare, because not all control regions reach them.
 */
export const WORLD: Readonly<Record<MediaRegion, number>> = {
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
  'il-central-1': 0.1,
  'us-gov-east-1': 0.1,
  'us-gov-west-1': 0.1,
};

/** One part of an audience: its viewers beside those of the other parts, and the media regions where they are. */
export interface Part {
  viewers: number;
  /** Zero outside the part. Its sum says how firmly these proportions hold. */
  within: Weights;
}

/**
 * An explanation of the arrivals: how an audience of this kind is distributed, and how probable the kind is. Each viewer belongs to
 * a part, and within it to a media region. Both choices have a Dirichlet distribution of their own. So a kind may know the
 * proportions within a continent well, and those of the continents not at all.
 */
export interface Kind {
  parts: readonly Part[];
  probability: number;
}

const AMERICA = /^(us|ca|sa)-/;
const EUROPE_AND_AFRICA = /^(eu|af|il)-/;
const ASIA_AND_PACIFIC = /^ap-/;

/** The viewers that the proportions within a continent, or of the world beside a home, weigh as much as. */
const FIRMNESS = { continent: 14, beside: 20, offices: 1 };
/** Any continent may come or not: this is the weight of each, beside its share of the world. */
const EACH_CONTINENT = 0.7;
/** Of an audience with a home, these viewers are expected there, and beside it. */
const HOME = { viewers: 2, beside: 0.4 };
/** Large countries are more often the home of an audience, but not in proportion. */
const HOME_POWER = 0.7;
/** Offices are in large countries more often too. */
const OFFICE_POWER = 0.5;
const PROBABILITY = { continents: 1, homes: 1, offices: 0.3 };

/**
 * The kinds of audience, and how probable each is before the first viewer comes:
 *
 * - *continents*: the whole world, one continent, or some of them;
 * - *home*: one place has most viewers, and the world the others. There is one such kind for each media region;
 * - *offices*: a few places, wherever they are.
 */
const KINDS: readonly Kind[] = [
  {
    parts: [AMERICA, EUROPE_AND_AFRICA, ASIA_AND_PACIFIC].map(continent),
    probability: PROBABILITY.continents,
  },
  ...homes(),
  {
    parts: [{ viewers: 1, within: scaled(flattened(OFFICE_POWER), FIRMNESS.offices) }],
    probability: PROBABILITY.offices,
  },
];

function continent(names: RegExp): Part {
  const within = worldIn((mediaRegion) => names.test(mediaRegion));
  const share = totalIn(within) / totalOf(WORLD);
  return { viewers: EACH_CONTINENT + share, within: scaled(within, FIRMNESS.continent) };
}

function homes(): Kind[] {
  const often = scaled(flattened(HOME_POWER), PROBABILITY.homes);
  return ALL_MEDIA_REGIONS.map((home, at) => {
    const beside = worldIn((mediaRegion) => mediaRegion !== home);
    const parts = [
      { viewers: HOME.viewers, within: worldIn((mediaRegion) => mediaRegion === home) },
      { viewers: HOME.beside, within: scaled(beside, FIRMNESS.beside) },
    ];
    return { parts, probability: often[at] as number };
  });
}

function flattened(power: number): Weights {
  return weightsOf(WORLD).map((weight) => weight ** power);
}

function worldIn(isIn: (mediaRegion: MediaRegion) => boolean): Weights {
  return ALL_MEDIA_REGIONS.map((mediaRegion) => (isIn(mediaRegion) ? WORLD[mediaRegion] : 0));
}

/** A kind that is less probable than this changes no decision. */
const LEAST_PROBABLE = 0.001;

/** The probable kinds of audience after these arrivals: what each expects of the next viewers, and its probability by Bayes' rule. */
export function kindsAfter(arrivals: Tally): Kind[] {
  const came = weightsOf(arrivals);
  const all = KINDS.map((kind) => ({
    parts: kind.parts.map((part) => partAfter(part, came)),
    log: Math.log(kind.probability) + evidence(kind, came),
  }));
  const top = Math.max(...all.map(({ log }) => log));
  const whole = totalIn(all.map(({ log }) => Math.exp(log - top)));
  return all
    .map(({ parts, log }) => ({ parts, probability: Math.exp(log - top) / whole }))
    .filter(({ probability }) => probability >= LEAST_PROBABLE);
}

function partAfter({ viewers, within }: Part, came: Weights): Part {
  const seen = seenIn(within, came);
  return { viewers: viewers + totalIn(seen), within: sumOf(within, seen) };
}

/** The logarithm of the likelihood of these arrivals if the audience is of this kind. */
function evidence({ parts }: Kind, came: Weights): number {
  const seen = parts.map(({ within }) => seenIn(within, came));
  const between = logLikelihood(
    seen.map(totalIn),
    parts.map(({ viewers }) => viewers),
  );
  return parts.reduce((log, { within }, at) => log + logLikelihood(seen[at] as Weights, within), between);
}

const seenIn = (within: Weights, came: Weights): Weights =>
  came.map((viewers, at) => ((within[at] as number) > 0 ? viewers : 0));

function totalIn(weights: Weights): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/**
 * Possible audiences, each with sum 1: of each kind as many as it is probable. They differ widely while little is known, and
 * hardly at all later. The same kinds always give the same audiences.
 */
export function likelyAudiences(kinds: readonly Kind[], count: number): Weights[] {
  const audiences: Weights[] = [];
  let probable = 0;
  for (const { parts, probability } of kinds) {
    probable += probability * count;
    const next = seeded(SEED + audiences.length);
    while (audiences.length < Math.round(probable)) audiences.push(audienceOf(parts, next));
  }
  return audiences;
}

const SEED = 12_345;

function audienceOf(parts: Kind['parts'], next: () => number): Weights {
  const shares = dirichlet(
    parts.map(({ viewers }) => viewers),
    next,
  );
  return parts.map(({ within }, at) => scaled(dirichlet(within, next), shares[at] as number)).reduce(sumOf);
}
