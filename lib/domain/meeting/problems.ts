import type { MediaRegion } from '../geo/media-regions.ts';
import type { CoolDown } from '../placement/cool-downs.ts';
import { limitRetryAt } from '../placement/learned-limit.ts';
import type { PrimaryProblem } from './primary-problem.ts';
import type { Topology } from './topology.ts';

/** What keeps Chime from opening meetings of this topology, explained for its hosts. Times are ISO 8601. */
export interface Problem {
  kind: 'primary' | 'account-limit' | 'replica-limit' | 'limit' | 'media-region';
  mediaRegion?: MediaRegion;
  detail: string;
  since: string;
  /** When Chime is asked again at the earliest. */
  retryAt: string;
}

const iso = (ms: number) => new Date(ms).toISOString();
const ACCOUNT = 'The account is at its quota of concurrent meetings';
const REMEDY = 'End other meetings, or have the quota raised.';

/** All known problems: the primary's first, then the limits, then those of single media regions. */
export function problemsOf(topology: Topology): Problem[] {
  const { primaryProblem, learnedLimit, coolDowns = {} } = topology;
  const regions = Object.entries(coolDowns) as [MediaRegion, CoolDown][];
  return [
    ...(primaryProblem ? [ofPrimary(primaryProblem)] : []),
    ...(learnedLimit ? [ofLimit(learnedLimit)] : []),
    ...regions.map(([mediaRegion, coolDown]) => ofRegion(mediaRegion, coolDown)),
  ];
}

/** The problem that a failed opening of the primary leaves; undefined where a short wait is enough. */
export function primaryProblemOf(
  { primaryProblem }: Topology,
  { failure, mediaRegion, now }: { failure: string; mediaRegion: MediaRegion; now: number },
): PrimaryProblem | undefined {
  if (failure !== 'limit' && failure !== 'rejected' && failure !== 'indeterminate') return undefined;
  const since = primaryProblem?.because === failure ? primaryProblem.since : now;
  return { because: failure, mediaRegion, since, at: now };
}

/** The primary's problem, explained for hosts and presenters. */
export function ofPrimary({ because, mediaRegion, since, at }: PrimaryProblem): Problem {
  const details = {
    limit: `${ACCOUNT}, so Chime does not open this one. ${REMEDY}`,
    rejected: `Chime refuses to open the meeting in ${mediaRegion}: change its options, or enable the media region for the account.`,
    indeterminate: `Chime fails to open the meeting in ${mediaRegion}. It is tried again with each join.`,
  };
  const kind = because === 'limit' ? 'account-limit' : 'primary';
  return { kind, mediaRegion, detail: details[because], since: iso(since), retryAt: iso(at) };
}

function ofLimit(limit: NonNullable<Topology['learnedLimit']>): Problem {
  const beside = `Chime opens no more than ${limit.replicas} replicas for this meeting.`;
  const details = {
    account: `${ACCOUNT}. ${beside} ${REMEDY}`,
    primary: `The quota of replicas for one primary meeting is reached. ${beside} Have the quota raised, or lower maxReplicas.`,
    unknown: `${beside} ${ACCOUNT}, or the meeting is at its quota of replicas.`,
  };
  const kinds = { account: 'account-limit', primary: 'replica-limit', unknown: 'limit' } as const;
  return {
    kind: kinds[limit.of],
    detail: details[limit.of],
    since: iso(limit.since),
    retryAt: iso(limitRetryAt(limit)),
  };
}

function ofRegion(mediaRegion: MediaRegion, { because, since, until }: CoolDown): Problem {
  const refuses = `Chime refuses to open replicas in ${mediaRegion}; the account may not have enabled that media region.`;
  const fails = `Chime fails to open replicas in ${mediaRegion}.`;
  const detail = `${because === 'rejected' ? refuses : fails} Viewers are seated in other media regions meanwhile.`;
  return { kind: 'media-region', mediaRegion, detail, since: iso(since), retryAt: iso(until) };
}
