import { addedUp } from '../../lib/domain/placement/demand.ts';
import { AUDIENCES } from '../../local/load-generator/known-audiences.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { percentile, rounded } from '../../simulation/numbers.ts';
import { minimumSeconds } from '../../simulation/quota-minimum.ts';
import { crowdOf } from '../placement/orders.ts';
import { type DemoViewer, demoCrowd } from './demo.ts';
import { type Crowd, ourCrowd } from './ours.ts';
import { callsOf, type Way } from './outcome.ts';
import { perfectSeconds } from './perfect.ts';

const WITHIN_MS = 1000;
const VIEWERS = 10_000;
const REPLICAS = 40;
const HOME = 'us-east-1';
/** The worldwide crowd is smaller and has replicas to spare: its seats must be where it comes from. */
const ABROAD = { audience: 'internet users', viewers: 2500, replicas: 18 };
/** The same audience at its full size needs every seat of its replicas, near or far. */
const FULL = { viewers: VIEWERS, replicas: REPLICAS };

/** One result, with its ratio to the minimum time, and the most writes to one partition key in a second. */
export type Told = Omit<Way, 'seatedAfter' | 'attendees'> & { over: number; hottestWrites: number };

/** The demo's result. Its calls are made without the instruments that count ours. */
export interface Naive
  extends Pick<
    Way,
    | 'seconds'
    | 'seated'
    | 'p50Seconds'
    | 'p99Seconds'
    | 'chimeCalls'
    | 'callsByOperation'
    | 'throttles'
    | 'joinRequests'
    | 'lambdaMsPerJoin'
  > {
  /** The replicas that it created, where `replicas` were wanted. */
  replicasMade: number;
  /** Viewers in a meeting that their title no longer leads to. */
  stranded: number;
  over: number;
}

/** The times at which the viewers of each variant were seated (seconds from the first arrival). */
export type Curves = Record<'naive' | 'unannounced' | 'provisioned', number[]>;

/** Runs the same crowd in three variants, and a worldwide crowd in three. */
export async function crowdBench(progress: (words: string) => void, seed = 1) {
  const minimum = minimumSeconds(VIEWERS);
  progress('crowd: as the demo does');
  const naive = naiveWay(minimum, seed);
  progress('crowd: unannounced');
  const unannounced = await ourCrowd(atHome(seed));
  progress('crowd: provisioned');
  const provisioned = await ourCrowd({ ...atHome(seed), forecast: { [HOME]: VIEWERS } });
  progress('crowd: worldwide');
  const worldwide = await worldwideWays(seed);
  const curves: Curves = {
    naive: naive.seatedAfter,
    unannounced: unannounced.seatedAfter,
    provisioned: provisioned.seatedAfter,
  };
  const told = {
    viewers: VIEWERS,
    withinSeconds: WITHIN_MS / 1000,
    replicas: REPLICAS,
    minimumSeconds: minimum,
    perfectSeconds: rounded(perfectSeconds(VIEWERS), 2),
    naive: naive.told,
    unannounced: toldOf(unannounced, minimum),
    provisioned: toldOf(provisioned, minimum),
    worldwide,
  };
  return { told, curves };
}

const atHome = (seed: number): Crowd => ({
  seed,
  viewers: new Array(VIEWERS).fill(HOME),
  withinMs: WITHIN_MS,
  replicas: REPLICAS,
});

async function worldwideWays(seed: number) {
  const crowd = abroad(ABROAD, seed);
  const minimum = minimumSeconds(ABROAD.viewers);
  const forecast = addedUp(crowd.viewers.map((mediaRegion) => [mediaRegion, 1]));
  return {
    ...ABROAD,
    minimumSeconds: minimum,
    unannounced: toldOf(await ourCrowd(crowd), minimum),
    provisioned: toldOf(await ourCrowd({ ...crowd, forecast }), minimum),
    full: { ...FULL, ...toldOf(await ourCrowd(abroad(FULL, seed)), minimumSeconds(FULL.viewers)) },
  };
}

function abroad({ viewers, replicas }: { viewers: number; replicas: number }, seed: number): Crowd {
  const crowd = crowdOf(AUDIENCES[ABROAD.audience] ?? {}, viewers);
  return { seed, viewers: crowd, withinMs: WITHIN_MS, replicas };
}

function naiveWay(minimum: number, seed: number): { told: Naive; seatedAfter: number[] } {
  const viewers = demoViewers(seed);
  const { seatedAt, stranded, requests, billedMs, chime } = demoCrowd(viewers, seed);
  const first = Math.min(...viewers.map(({ comesAt }) => comesAt));
  const waited = viewers.map(({ comesAt }, n) => ((seatedAt[n] as number) - comesAt) / 1000);
  const seatedAfter = seatedAt.map((at) => (at - first) / 1000).sort((a, b) => a - b);
  const seconds = rounded(seatedAfter.at(-1) ?? 0, 3);
  const told = {
    seconds,
    seated: seatedAfter.length,
    p50Seconds: rounded(percentile(waited, 50), 3),
    p99Seconds: rounded(percentile(waited, 99), 3),
    ...callsOf(chime.calls),
    joinRequests: requests,
    lambdaMsPerJoin: rounded(billedMs / VIEWERS),
    replicasMade: chime.calls.CreateMeeting?.['200'] ?? 0,
    stranded,
    over: rounded(seconds / minimum),
  };
  return { told, seatedAfter };
}

function demoViewers(seed: number): DemoViewer[] {
  const chance = chanceOf(seed, 'arrivals');
  return Array.from({ length: VIEWERS }, (_, n) => ({
    comesAt: chance.next() * WITHIN_MS,
    title: n % REPLICAS,
  }));
}

function toldOf({ seatedAfter, attendees, ...way }: Way, minimum: number): Told {
  const hottestWrites = way.hottestKey.writesPerSecond;
  return { ...way, over: rounded(way.seconds / minimum), hottestWrites };
}
