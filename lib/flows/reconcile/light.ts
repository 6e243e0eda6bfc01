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
import {
  isLive,
  isOpen,
  type LiveTopology,
  primaryMeetingId,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { CALM_MS, COUNTED_FOR_MS } from '../../domain/reconcile/schedule.ts';
import { readLeftovers } from '../../store/leftovers.ts';
import { noteAlive } from '../../store/topology/checks.ts';
import { type Due, finishLook } from '../../store/topology/due.ts';
import { type Listed, readListedWith } from '../../store/topology/screening.ts';
import { missingOf } from '../opening/forecast.ts';
import { isClosed } from './closed.ts';
import { findingAt } from './finding.ts';

/** What a screening keeps of a name with an open primary. */
export interface Glimpse extends Due {
  epoch: number;
  meetingId: string;
  /** The people on stage. */
  stage: readonly string[];
  /** The MeetingIds of the open replicas. */
  replicas: readonly string[];
  /** A look has nothing to do but to compare the stage and the replicas with Chime (`isPlain`), and no seats to reconcile. */
  isPlain: boolean;
}

/** Time, the limiter of the operations that are asked for, and a unique name of the pass. */
export interface Means {
  limiter: Limiter;
  now: () => number;
  by: string;
}

/**
 * Look at a name that is expected to need nothing: ask Chime for the replicas and for the attendees of the primary, read the records
 * after, and plan the next look. There is no lease, for the only write has the condition that the due time is as it was listed.
 * `differs`: there may be something to repair, or Chime did not answer, and nothing was written. `conflict`: another pass, or a
 * request, planned the next look meanwhile.
 */
export async function lookLightly(
  glimpse: Glimpse,
  { limiter, now, by }: Means,
): Promise<'calm' | 'conflict' | 'differs' | 'rate-limited'> {
  for (const meetingId of glimpse.replicas) {
    const found = await getMeeting(limiter, meetingId);
    if (found === 'rate-limited') return 'rate-limited';
    if (isChimeFailure(found)) return 'differs';
  }
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
  const looked = { next: listedAt + calmFor(listed.topology), isCalm: true, lookedAt: listedAt };
  return (await finishLook(glimpse, looked, by)) === 'conflict' ? 'conflict' : 'calm';
}

/** How soon a calm name is looked at again (milliseconds). */
export const calmFor = ({ replicas }: Topology): number => (replicas.some(isOpen) ? COUNTED_FOR_MS : CALM_MS);

/** The MeetingIds of the open replicas. */
export const replicasOf = ({ replicas }: Topology): string[] =>
  replicas.filter(isOpen).map((one) => one.meetingId);

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

/**
 * Whether a look at this name has nothing to do but to compare a stage with people on it, and open replicas, with Chime. Whether their
 * seats need anything, their counts tell (`isSettled`).
 */
export function isPlain(topology: Topology, now: number): topology is LiveTopology {
  return (
    isLive(topology) &&
    topology.stage.size > 0 &&
    topology.replicas.every(isOpen) &&
    missingOf(topology, now).length === 0 &&
    !topology.drains &&
    topology.primary.emptySince === undefined &&
    !isClosed(topology, now)
  );
}

/**
 * Ask Chime whether a primary lives, and record it if so, as of the instant before Chime was asked. `unsure`: Chime did not answer.
 */
export async function checkLife(
  glimpse: Glimpse,
  { limiter, now }: Means,
): Promise<'alive' | 'gone' | 'unsure' | 'rate-limited'> {
  const askedAt = now();
  const found = await getMeeting(limiter, glimpse.meetingId);
  if (found === 'rate-limited' || found === 'gone') return found;
  if (isChimeFailure(found)) return 'unsure';
  await noteAlive(glimpse, glimpse.meetingId, askedAt);
  return 'alive';
}
