import type { MediaRegion } from '../geo/media-regions.ts';
import { nextOrdinal } from '../meeting/ordinals.ts';
import { isClaimed, isLeaseExpired, type Replica, type Topology } from '../meeting/topology.ts';
import type { CoolDown, CoolDowns } from './cool-downs.ts';
import type { Viewer } from './decision.ts';
import { type Demand, demandOf, type Tally } from './demand.ts';
import type { Drains } from './drains.ts';
import type { LearnedLimit } from './learned-limit.ts';

/** All inputs of a placement, small enough for the participant's record: each join pays for it by the KB. */
export interface PlacementRecord {
  viewer: Omit<Viewer, 'demand'>;
  arrivals?: Tally;
  inBursts?: true;
  forecast?: Tally;
  lastAudience?: Tally;
  maxReplicas: number;
  allowedMediaRegions?: readonly MediaRegion[];
  learnedLimit?: LearnedLimit;
  /** The media regions that were cooling down, and until when. */
  cooling?: Partial<Record<MediaRegion, number>>;
  /** The media regions that were drained. */
  drained?: readonly MediaRegion[];
  /** Present if it is not the one after the last replica. */
  nextOrdinal?: number;
  /** The replicas of each media region: their ordinals, each with a letter for its standing. */
  replicas: Partial<Record<MediaRegion, string>>;
}

/** The standings of a replica that matter to placement. */
const STANDINGS = {
  o: { state: 'open' },
  f: { state: 'open', filling: true },
  s: { state: 'open', soldOut: true },
  c: { state: 'claimed', leaseMs: 1 },
  a: { state: 'claimed', leaseMs: 0 },
  d: { state: 'claimed', leaseMs: 0 },
} as const;
type Standing = keyof typeof STANDINGS;

/** The record of a decision, from which it can be repeated. */
export function recordOf(
  topology: Topology,
  { demand, ...viewer }: Viewer & { demand: Demand },
): PlacementRecord {
  const { maxReplicas, allowedMediaRegions: rule } = topology.options;
  const { learnedLimit, replicas, drains } = topology;
  const next = nextOrdinal(topology);
  const { arrivals, inBursts, forecast, lastAudience } = demand;
  return {
    viewer,
    maxReplicas,
    ...(Object.keys(arrivals).length > 0 && { arrivals }),
    ...(inBursts && { inBursts }),
    ...(forecast && { forecast }),
    ...(lastAudience && { lastAudience }),
    ...(rule && { allowedMediaRegions: rule }),
    ...(learnedLimit && { learnedLimit }),
    ...coolingAt(topology, viewer.now),
    ...(drains && { drained: Object.keys(drains) as MediaRegion[] }),
    ...(next !== nextOrdinal({ replicas }) && { nextOrdinal: next }),
    replicas: written(replicas, viewer.now),
  };
}

/** The viewer and the topology of a record. Nothing else of the topology influences a placement. */
export function readRecord(record: PlacementRecord): { topology: Topology; viewer: Viewer } {
  const { arrivals = {}, inBursts, maxReplicas, allowedMediaRegions: rule, learnedLimit } = record;
  const topology: Topology = {
    externalMeetingId: '',
    incarnation: '',
    incarnatedAt: 0,
    epoch: 1,
    status: 'live',
    stage: new Set(),
    options: { maxReplicas, waitForPresenter: true, ...(rule && { allowedMediaRegions: rule }) },
    ...(learnedLimit && { learnedLimit }),
    ...(record.cooling && { coolDowns: coolDownsOf(record.cooling) }),
    ...(record.drained && { drains: drainsIn(record.drained) }),
    ...(record.nextOrdinal !== undefined && { nextOrdinal: record.nextOrdinal }),
    replicas: replicasOf(record),
  };
  const demand = demandOf({ arrivals, ...(inBursts && { inBursts }) }, record);
  return { topology, viewer: { ...record.viewer, demand } };
}

function coolingAt({ coolDowns = {} }: Topology, now: number): Pick<PlacementRecord, 'cooling'> {
  const all = Object.entries(coolDowns) as [MediaRegion, CoolDown][];
  const cooling = all.filter(([, { until }]) => now < until).map(([region, { until }]) => [region, until]);
  return cooling.length > 0 ? { cooling: Object.fromEntries(cooling) } : {};
}

function coolDownsOf(cooling: NonNullable<PlacementRecord['cooling']>): CoolDowns {
  const all = Object.entries(cooling) as [MediaRegion, number][];
  const coolDowns = all.map(([region, until]) => [
    region,
    { because: 'unknown', since: 0, until, failures: 1 },
  ]);
  return Object.fromEntries(coolDowns);
}

/** Placement of a seat depends on which media regions were drained, and on nothing else of their drains. */
const drainsIn = (drained: readonly MediaRegion[]): Drains =>
  Object.fromEntries(drained.map((mediaRegion) => [mediaRegion, { since: 0, evacuate: false }]));

function written(replicas: readonly Replica[], now: number): PlacementRecord['replicas'] {
  const words: PlacementRecord['replicas'] = {};
  for (const replica of replicas) {
    const word = `${replica.ordinal}${standingOf(replica, now)}`;
    const before = words[replica.mediaRegion];
    words[replica.mediaRegion] = before ? `${before} ${word}` : word;
  }
  return words;
}

function standingOf(replica: Replica, now: number): Standing {
  if (replica.failedAt !== undefined) return 'd';
  if (isLeaseExpired(replica, now)) return 'a';
  if (isClaimed(replica, now)) return 'c';
  return replica.soldOut ? 's' : replica.filling ? 'f' : 'o';
}

function replicasOf({ replicas, viewer }: PlacementRecord): Replica[] {
  const all = Object.entries(replicas).flatMap(([mediaRegion, words]) =>
    words.split(' ').map((word) => replicaOf(word, mediaRegion as MediaRegion, viewer.now)),
  );
  return all.sort((a, b) => a.ordinal - b.ordinal);
}

function replicaOf(word: string, mediaRegion: MediaRegion, now: number): Replica {
  const { leaseMs, ...standing } = { leaseMs: undefined, ...STANDINGS[word.slice(-1) as Standing] };
  const lease = leaseMs === undefined ? {} : { lease: { owner: '', until: now + leaseMs } };
  const failure = word.endsWith('d') ? { failedAt: 0 } : {};
  return { ordinal: Number(word.slice(0, -1)), mediaRegion, capacity: 0, ...standing, ...lease, ...failure };
}
