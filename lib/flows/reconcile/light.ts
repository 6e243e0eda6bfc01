import { allSettledOrThrow } from '../../all-settled.ts';
import { listAttendees } from '../../chime/attendees.ts';
import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { Limiter } from '../../chime/permit.ts';
import {
  capabilityFaults,
  namesOnStage,
  type StageSight,
  seenInList,
  stageFaults,
} from '../../domain/meeting/stage-audit.ts';
import { isLive, type LiveTopology, primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { CALM_MS } from '../../domain/reconcile/schedule.ts';
import { readLeftovers } from '../../store/leftovers.ts';
import { noteAlive } from '../../store/topology/checks.ts';
import { type Due, finishPass } from '../../store/topology/due.ts';
import { type Listed, readListedWith } from '../../store/topology/screening.ts';
import { isClosed } from './closed.ts';
import { findingAt } from './finding.ts';

/** What a screening keeps of a name with an open primary. */
export interface Glimpse extends Due {
  epoch: number;
  meetingId: string;
  /** The people on stage. */
  stage: readonly string[];
  /** A look has nothing to do but to compare the stage with Chime (`isPlain`). */
  isPlain: boolean;
}

/** Time, and the limiter of one operation. */
export interface Means {
  limiter: Limiter;
  now: () => number;
}

/**
 * Look at a name that is expected to need nothing: ask Chime for the attendees of the primary, read the records after, and plan the
 * next look. There is no lease, for the only write has the condition that the due time is as it was listed. `differs`: there may
 * be something to repair, or Chime did not answer, and nothing was written.
 */
export async function lookLightly(
  glimpse: Glimpse,
  { limiter, now }: Means,
): Promise<'calm' | 'differs' | 'rate-limited'> {
  const listedAt = now();
  const answer = await listAttendees(limiter, glimpse.meetingId);
  if (answer === 'rate-limited') return 'rate-limited';
  if (isChimeFailure(answer)) return 'differs';
  const seen = seenInList(answer.attendees);
  const names = namesOnStage(glimpse.stage, seen.attendees);
  const [{ listed, people }, leftovers] = await allSettledOrThrow([
    readListedWith(glimpse.externalMeetingId, [...names]),
    readLeftovers(glimpse),
  ]);
  const sight = { ...seen, people, listedAt, now: now() };
  const isCalm = listed && leftovers.length === 0 && isAsExpected(glimpse, listed, { ...sight, names });
  if (!isCalm) return 'differs';
  await finishPass(glimpse, { next: now() + CALM_MS, isCalm: true }, now());
  return 'calm';
}

function isAsExpected(
  { meetingId, reconcileAt }: Glimpse,
  { topology, lookedAt, isTaken, ...listed }: Listed,
  sight: StageSight & { names: ReadonlySet<string> },
): boolean {
  const isSame = listed.reconcileAt === reconcileAt && !isTaken && primaryMeetingId(topology) === meetingId;
  if (!isSame || !isPlain(topology, sight.now) || sight.hasPipeline) return false;
  if ([...topology.stage].some((name) => !sight.names.has(name))) return false;
  const finding = findingAt(topology, { people: sight.people, lookedAt }, sight.now);
  const { surplus, unsettled } = stageFaults(topology, sight);
  const differing = capabilityFaults(topology, sight);
  return finding !== 'trouble' && surplus.length + unsettled.length + differing.length === 0;
}

/** Whether a look at this name has nothing to do but to compare a stage with people on it with Chime. */
export function isPlain(topology: Topology, now: number): topology is LiveTopology {
  return (
    isLive(topology) &&
    topology.stage.size > 0 &&
    topology.replicas.length === 0 &&
    !topology.forecast &&
    !topology.drains &&
    topology.primary.emptySince === undefined &&
    !isClosed(topology, now)
  );
}

/** Ask Chime whether a primary lives, and record it if so. `unsure`: Chime did not answer. */
export async function checkLife(
  glimpse: Glimpse,
  { limiter, now }: Means,
): Promise<'alive' | 'gone' | 'unsure' | 'rate-limited'> {
  const found = await getMeeting(limiter, glimpse.meetingId);
  if (found === 'rate-limited' || found === 'gone') return found;
  if (isChimeFailure(found)) return 'unsure';
  await noteAlive(glimpse, glimpse.meetingId, now());
  return 'alive';
}
