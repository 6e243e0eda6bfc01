import { inContainer } from '../../container.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { type ClosedBecause, startsAt, type Topology } from '../../domain/meeting/topology.ts';
import {
  averageWaitMs,
  CROWD,
  faded,
  jittered,
  sliceAt,
  type Tally,
  type Waiting,
  waitForStartMs,
  waitingIn,
} from '../../domain/meeting/waiting-room.ts';
import { reportWaiting } from '../../store/waiting.ts';
import { retryLater } from './answers.ts';

/** What a container knows of the people who wait for one name. */
interface Queue {
  waiting: Waiting;
  /** When the number was last learned, and when the tally was last reported (milliseconds since the epoch). */
  learnedAt: number;
  reportedAt: number;
  tally: Tally;
}

/** A container reports what it told people at most this often (milliseconds). */
const REPORT_MS = 1000;
const MOST_NAMES = 1000;
const queues = inContainer('caches', () => new Map<string, Queue>());

/**
 * Tell a viewer to wait, for a time that grows with the number of people who wait. The container counts what it tells, and adds
 * it to the count of all containers about once a second. So a waiting request costs no write of its own.
 */
export async function tellToWait(
  topology: Topology,
  { reason, mediaRegion }: { reason: ClosedBecause; mediaRegion: MediaRegion },
  context: RequestContext,
): Promise<Answer> {
  const now = context.now();
  const queue = queueOf(topology.externalMeetingId);
  const waiting = faded(queue.waiting, now - queue.learnedAt);
  const startsInMs = startsAt(topology) - now;
  const random = context.random();
  const waitMs =
    reason === 'not-started'
      ? waitForStartMs({ startsInMs, waiting }, random)
      : jittered(averageWaitMs(waiting), random);
  await count(topology, { queue, waitMs, mediaRegion, isPaced: reason !== 'not-started' }, context);
  const start = reason === 'not-started' && { startsAt: new Date(startsAt(topology)).toISOString() };
  return retryLater(reason, waitMs, start || {});
}

function queueOf(externalMeetingId: string): Queue {
  const found = queues().get(externalMeetingId);
  if (found) return found;
  if (queues().size >= MOST_NAMES) queues().clear();
  const queue = { waiting: { here: 0, everywhere: 0 }, learnedAt: 0, reportedAt: 0, tally: emptyTally() };
  queues().set(externalMeetingId, queue);
  return queue;
}

const emptyTally = (): Tally => ({ waitedMs: 0, byMediaRegion: {} });

interface Told {
  queue: Queue;
  waitMs: number;
  mediaRegion: MediaRegion;
  /** Whether these people count among those who share the deployment's rate. */
  isPaced: boolean;
}

async function count(
  { externalMeetingId }: Topology,
  { queue, waitMs, mediaRegion, isPaced }: Told,
  context: RequestContext,
): Promise<void> {
  const now = context.now();
  const { tally } = queue;
  tally.waitedMs += waitMs;
  tally.byMediaRegion[mediaRegion] = (tally.byMediaRegion[mediaRegion] ?? 0) + waitMs;
  if (now - queue.reportedAt < REPORT_MS) return;
  Object.assign(queue, { reportedAt: now, tally: emptyTally() });
  await learn(queue, { externalMeetingId, tally, isPaced }, now).catch(() => undefined); // only an estimate is lost
}

async function learn(
  queue: Queue,
  { externalMeetingId, tally, isPaced }: { externalMeetingId: string; tally: Tally; isPaced: boolean },
  now: number,
): Promise<void> {
  const slice = sliceAt(now);
  const sumHere = await reportWaiting({ externalMeetingId }, { slice, tally }, now);
  const before = faded(queue.waiting, now - queue.learnedAt);
  const here = Math.max(before.here, waitingIn(sumHere, now) ?? 0);
  const total = { waitedMs: tally.waitedMs, byMediaRegion: {} };
  const sumEverywhere =
    isPaced && here >= CROWD ? await reportWaiting('everywhere', { slice, tally: total }, now) : 0;
  const everywhere = Math.max(before.everywhere, waitingIn(sumEverywhere, now) ?? 0);
  Object.assign(queue, { waiting: { here, everywhere }, learnedAt: now });
}
