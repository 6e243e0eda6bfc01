import { inContainer, perName } from '../../container.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { startsAt, type Topology } from '../../domain/meeting/topology.ts';
import {
  averageWaitMs,
  backlogMs,
  type ClosedBecause,
  type Count,
  CROWD,
  jittered,
  type Pace,
  paceAfter,
  pastSlices,
  type Returns,
  sliceAt,
  waitForStartMs,
  waitingIn,
} from '../../domain/meeting/waiting-room.ts';
import { reportWaiting } from '../../store/waiting.ts';
import { retryLater } from './answers.ts';

/** What a container knows of the people who wait for one name. */
interface Queue {
  here: Returns;
  everywhere: Returns;
  /** When this container last reported (milliseconds since the epoch), and what it told people since. */
  reportedAt: number;
  tally: Tally;
}

interface Tally {
  returns: Map<number, number>;
  byMediaRegion: Count['byMediaRegion'];
}

/** A container reports what it told people at most this often (milliseconds). */
const REPORT_MS = 1000;
const queues = perName<Queue>();
/** All whom this container told to wait, for any name: when they return, how many answers it gave, and how fast. */
const own = inContainer('caches', () => ({
  returns: new Map<number, number>(),
  answers: 0,
  pace: { since: 0, answers: 0 } as Pace,
}));

/** How many people this container told to wait so far. A request asks when it begins. */
export const toldSoFar = (): number => own().answers;

/**
 * Tell a viewer to wait, for a time that grows with the number of people who wait. `toldBefore`: `toldSoFar` when the request
 * began. The container counts when it told people to
 * return, and adds that to the count of all containers about once a second. So most waiting requests cost no write.
 */
export async function tellToWait(
  topology: Topology,
  {
    reason,
    mediaRegion,
    toldBefore,
  }: { reason: ClosedBecause; mediaRegion: MediaRegion; toldBefore: number },
  context: RequestContext,
): Promise<Answer> {
  const now = context.now();
  const isEarly = reason === 'not-started';
  const queue = queueOf(topology.externalMeetingId);
  if (now - queue.reportedAt >= REPORT_MS) await report(topology, queue, { now, isEarly });
  const waiting = {
    here: 1 + waitingIn(queue.here, now),
    everywhere: waitingIn(queue.everywhere, now),
    backlogMs: lookAtPace(toldBefore, context.now()),
  };
  const startsInMs = startsAt(topology) - now;
  const random = context.random();
  const waitMs = isEarly
    ? waitForStartMs({ startsInMs, waiting }, random)
    : jittered(averageWaitMs(waiting), random);
  const slice = sliceAt(now + waitMs);
  note(queue.tally, { slice, mediaRegion });
  own().returns.set(slice, (own().returns.get(slice) ?? 0) + 1);
  return retryLater(reason, waitMs, isEarly ? { startsAt: new Date(now + startsInMs).toISOString() } : {});
}

/** Count one more answer of this container. Returns the time that all whom it told to wait will take (milliseconds). */
function lookAtPace(toldBefore: number, now: number): number {
  const container = own();
  const meanwhile = container.answers - toldBefore;
  container.answers++;
  container.pace = paceAfter(container.pace, { answers: container.answers, meanwhile }, now);
  for (const slice of pastSlices(container.returns, now)) container.returns.delete(slice);
  return backlogMs(container.pace, waitingIn(container.returns, now), now);
}

function queueOf(externalMeetingId: string): Queue {
  const empty = (): Queue => ({ here: new Map(), everywhere: new Map(), reportedAt: 0, tally: emptyTally() });
  return queues.get(externalMeetingId) ?? queues.set(externalMeetingId, empty());
}

const emptyTally = (): Tally => ({ returns: new Map(), byMediaRegion: {} });

function note(
  { returns, byMediaRegion }: Tally,
  { slice, mediaRegion }: { slice: number; mediaRegion: MediaRegion },
): void {
  returns.set(slice, (returns.get(slice) ?? 0) + 1);
  byMediaRegion[mediaRegion] = (byMediaRegion[mediaRegion] ?? 0) + 1;
}

/** Report the tally of this container, and learn the count of all. A failure loses a part of an estimate, and no more. */
async function report(
  { externalMeetingId }: Topology,
  queue: Queue,
  { now, isEarly }: { now: number; isEarly: boolean },
): Promise<void> {
  const added = queue.tally;
  Object.assign(queue, { reportedAt: now, tally: emptyTally() });
  try {
    const past = pastSlices(queue.here, now);
    queue.here = (await reportWaiting({ externalMeetingId }, { added, past }, now)).returns;
    if (isEarly || waitingIn(queue.here, now) < CROWD) return;
    const all = {
      added: { returns: added.returns, byMediaRegion: {} },
      past: pastSlices(queue.everywhere, now),
    };
    queue.everywhere = (await reportWaiting('everywhere', all, now)).returns;
  } catch {
    // the next report learns the count
  }
}
