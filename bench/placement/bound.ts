import { MEDIA_REGIONS, type MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { rttMs } from '../../lib/domain/geo/rtt.ts';

/*
 * What no strategy can do better while viewers come in waves, one after another: Yao's principle over where the arrivals end.
 *
 * The audience is one of several: the viewers of the first waves, up to one of the possible ends. A strategy may know the viewers
 * of every wave, the possible ends and their probabilities. It sees a whole wave before it opens replicas for it. It does not
 * know which end it is until no further wave comes. At most `most` replicas are opened; none is closed or moved, and no seated
 * viewer moves.
 *
 * For fixed probabilities of the ends, dynamic programming over all sets of places finds the least expected ratio to the optimum.
 * So for at least one of the ends, every strategy, even a random one, has at least this ratio. Any probabilities give a valid
 * bound; multiplicative weights find strong ones.
 */

/** Viewers by media region, in the order of MEDIA_REGIONS. */
export type Wave = Float64Array;

/** The bound, and the optimum at each end: viewers times milliseconds. Both for the same ends. */
export interface Bound {
  ratio: number;
  optima: number[];
}

/** The waves, whether the arrivals may end after each, and the number of replicas. */
export interface Arrivals {
  waves: readonly Wave[];
  ends: readonly boolean[];
}

const MOST = 4;
const ROUNDS = 60;
const REGIONS = MEDIA_REGIONS.length;

/** All sets of one to four places, the larger ones last. A set is a bit mask. */
const SETS = allSets().sort((a, b) => sizeOf(a) - sizeOf(b));
const FIRST_FULL = SETS.findIndex((set) => sizeOf(set) === MOST);
const INDEX = new Map(SETS.map((set, at) => [set, at]));
/** For each set, those with one place more. */
const LARGER = SETS.slice(0, FIRST_FULL).map((set) =>
  MEDIA_REGIONS.flatMap((_, place) => (set & (1 << place) ? [] : [INDEX.get(set | (1 << place)) as number])),
);
/** For each set and each media region of viewers, the milliseconds to the nearest place. */
const REACH = SETS.map((set) =>
  MEDIA_REGIONS.map((from) =>
    Math.min(...MEDIA_REGIONS.map((to, place) => (set & (1 << place) ? rttMs(from, to) : 1000))),
  ),
);

function allSets(): number[] {
  const all = Array.from({ length: 1 << REGIONS }, (_, set) => set);
  return all.filter((set) => sizeOf(set) >= 1 && sizeOf(set) <= MOST);
}

function sizeOf(set: number): number {
  let size = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) size++;
  return size;
}

/** These viewers as a wave. */
export function waveOf(viewers: readonly MediaRegion[]): Wave {
  const wave = new Float64Array(REGIONS);
  for (const viewer of viewers) {
    const region = (MEDIA_REGIONS as readonly string[]).indexOf(viewer);
    wave[region] = (wave[region] as number) + 1;
  }
  return wave;
}

/** The greatest lower bound that was found on the worst ratio of any strategy over the ends. */
export function boundOf({ waves, ends }: Arrivals): Bound {
  const costs = waves.map(costsOf);
  const optima = optimaOf(costs);
  let likely = evenly(ends.map(Number));
  let ratio = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const best = bestAgainst({ costs, optima, likely });
    ratio = Math.max(ratio, best.ratio);
    const spread = Math.max(0.05, ...best.ratios.map((each) => each - 1));
    const pace = 1.2 / Math.sqrt(round) / spread;
    likely = evenly(
      likely.map((each, end) => each * Math.exp(pace * ((best.ratios[end] as number) - best.ratio))),
    );
  }
  return { ratio, optima };
}

const evenly = (weights: readonly number[]) => {
  const sum = weights.reduce((total, each) => total + each, 0);
  return weights.map((each) => each / sum);
};

/** The cost of a wave for each set of places. */
function costsOf(wave: Wave): Float64Array {
  const from = [...wave.keys()].filter((region) => (wave[region] as number) > 0);
  return Float64Array.from(REACH, (reach) =>
    from.reduce((sum, region) => sum + (wave[region] as number) * (reach[region] as number), 0),
  );
}

/** The optimum of the audience that ends after each wave. */
function optimaOf(costs: readonly Float64Array[]): number[] {
  const whole = new Float64Array(SETS.length);
  return costs.map((cost) => {
    for (let at = 0; at < whole.length; at++) (whole[at] as number) += cost[at] as number;
    return leastOf(whole);
  });
}

interface Game {
  costs: readonly Float64Array[];
  optima: readonly number[];
  /** The probability of each end. */
  likely: readonly number[];
}

/** The best strategy if the ends have these probabilities: its expected ratio, and the ratio at each end. */
function bestAgainst({ costs, optima, likely }: Game): { ratio: number; ratios: number[] } {
  const toGo: Float64Array[] = [];
  let later = new Float64Array(SETS.length);
  let weight = 0;
  for (let wave = costs.length - 1; wave >= 0; wave--) {
    weight += (likely[wave] as number) / (optima[wave] as number);
    const cost = costs[wave] as Float64Array;
    toGo[wave] = later.map((after, at) => after + weight * (cost[at] as number));
    later = withLarger(toGo[wave] as Float64Array);
  }
  return { ratio: leastOf(toGo[0] as Float64Array), ratios: played(toGo, costs, optima) };
}

/** For each set, the least value of it and of all larger sets that contain it. */
function withLarger(values: Float64Array): Float64Array<ArrayBuffer> {
  const least = Float64Array.from(values);
  for (let at = FIRST_FULL - 1; at >= 0; at--)
    for (const larger of LARGER[at] as number[])
      least[at] = Math.min(least[at] as number, least[larger] as number);
  return least;
}

/** The ratio at each end if the replicas are opened for the least cost to go. */
function played(toGo: readonly Float64Array[], costs: readonly Float64Array[], optima: readonly number[]) {
  let [standing, paid] = [0, 0];
  return toGo.map((values, wave) => {
    let best = -1;
    for (const [at, set] of SETS.entries())
      if ((set & standing) === standing && (best < 0 || (values[at] as number) < (values[best] as number)))
        best = at;
    standing = SETS[best] as number;
    paid += (costs[wave] as Float64Array)[best] as number;
    return paid / (optima[wave] as number);
  });
}

function leastOf(values: Float64Array): number {
  return values.reduce((least, each) => (each < least ? each : least), Number.POSITIVE_INFINITY);
}
