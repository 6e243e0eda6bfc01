import { perName } from '../../container.ts';
import type { RequestContext } from '../../context.ts';
import { waitMs } from '../../domain/crowd/crowd.ts';
import { awaitedReplica } from '../../domain/crowd/origins.ts';
import { queuedMs } from '../../domain/crowd/queue-wait.ts';
import {
  countedShare,
  type Estimating,
  isEmpty,
  isKept,
  isRecent,
  isWaitedFor,
  QUEUE_PARTS,
  type SeatQueue,
  supplyOf,
} from '../../domain/crowd/seat-queue.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { isNearby } from '../../domain/geo/rtt.ts';
import { beingOpened, isLive, isOnSale, type Replica, type Topology } from '../../domain/meeting/topology.ts';
import { whyClosed } from '../../domain/meeting/waiting-room.ts';
import { firstLook, freshLook, type Look, type Recent } from '../../store/first-look.ts';
import { countInQueue } from '../../store/seat-queue.ts';
import { paceOf } from '../opening/pace.ts';
import { originsIn } from './origins.ts';
import type { Decision } from './placement.ts';

/** A replica opens in less than half a second, so no viewer is told to wait based on an older read (milliseconds). */
export const OLD_MS = 200;

/**
 * What an attempt of a viewer's join reads first. What this container read a second ago serves while nobody is let in, and where
 * a seat is free and no replica is being opened. While a crowd comes, it serves for a fraction of that. A viewer who `waited` has no
 * record yet, as a rule: it is not read where the rest is known.
 */
export function look(
  externalMeetingId: string,
  { isFirst, waited }: { isFirst: boolean; waited: boolean },
  context: RequestContext,
): Promise<Look> {
  const { externalUserId } = context.caller;
  const now = context.now();
  const serve = (recent: Recent) => serves(recent, now);
  const unread = ({ read: { topology } }: Recent) => waited && isLive(topology) && !whyClosed(topology, now);
  return isFirst
    ? firstLook(externalMeetingId, externalUserId, { serve, unread, now })
    : freshLook(externalMeetingId, externalUserId, now);
}

function serves({ read: { topology, readAt }, queue }: Recent, now: number): boolean {
  if (!topology || !isLive(topology)) return true;
  if (topology.replicas.some(isOnSale) && beingOpened(topology, now).length === 0) return true;
  return now - readAt <= OLD_MS && queue !== undefined && isRecent(queue, estimating(topology, now));
}

/** The queue as a viewer found it. `waited`: an earlier answer put the viewer into it. */
export interface Queued {
  queue: SeatQueue;
  waited: boolean;
  mediaRegion: MediaRegion;
}

/** Whether a viewer who just came leaves the seats of a new replica to those who wait. */
export function leavesSeat(
  topology: Topology,
  { openedAt = 0 }: Replica,
  { queue, waited, mediaRegion }: Queued,
  context: RequestContext,
): boolean {
  if (waited || !isAllNearby(topology, mediaRegion)) return false;
  return isKept(queue, openedAt, estimating(topology, context.now()));
}

/** Whether every replica is near the viewers of a media region. */
const isAllNearby = ({ replicas }: Topology, mediaRegion: MediaRegion): boolean =>
  replicas.every((replica) => isNearby(replica.mediaRegion, mediaRegion));

/** Put a viewer into the queue. Returns in how many milliseconds the seat is expected. */
export async function queueUp(topology: Topology, queued: Queued, context: RequestContext): Promise<number> {
  const { queue, waited, mediaRegion } = queued;
  const when = estimating(topology, context.now());
  const { random } = context;
  const awaited = isAllNearby(topology, mediaRegion)
    ? undefined
    : awaitedBy(topology, { ...queued, random: random() }, when.now);
  const waitMs = queuedMs(queue, { random: random(), waited, awaited }, when);
  if (!waited) await count(topology, { queued, when, waitMs }, context);
  return waitMs;
}

/** The replica that a viewer waits for, where replicas are far from each other. */
function awaitedBy(topology: Topology, { queue, ...viewer }: Queued & { random: number }, now: number) {
  const [origins, claimable] = originsIn(topology, queue, now);
  return awaitedReplica(origins, viewer, claimable);
}

/** Count a viewer who gets a seat that others wait for: the last of them waits longer. */
export async function countSeated(
  topology: Topology,
  queued: Queued,
  context: RequestContext,
): Promise<void> {
  const { queue, waited } = queued;
  const when = estimating(topology, context.now());
  if (waited || !isWaitedFor(queue, when)) return;
  const waitMs = queuedMs(queue, { random: 1, waited: false }, when);
  await count(topology, { queued, when, waitMs }, context);
}

function estimating(topology: Topology, now: number): Estimating {
  return { supply: supplyOf(topology, paceOf(topology), now), now };
}

/** How near the next viewer of a name is to being counted by this container: at 1 it is counted. */
const nearness = perName<number>();
/** A part of the queue is kept for so long after its last viewer is expected back (milliseconds). */
const PART_KEPT_MS = 2000;

/**
 * Count one viewer. The longer the queue, the fewer viewers write, each for many. Each container counts every n-th viewer,
 * which makes a smaller error than counting each with some probability.
 */
async function count(
  { externalMeetingId }: Topology,
  { queued, when, waitMs }: { queued: Queued; when: Estimating; waitMs: number },
  context: RequestContext,
): Promise<void> {
  const { queue, mediaRegion } = queued;
  const share = countedShare(queue, when);
  const near = (nearness.get(externalMeetingId) ?? context.random()) + share;
  nearness.set(externalMeetingId, near >= 1 ? near - 1 : near);
  if (near < 1) return;
  const { supply, now } = when;
  const part = Math.floor(context.random() * QUEUE_PARTS);
  const read = queue.parts[part];
  const begin = isEmpty(read, when) ? { opened: supply.opened, since: read?.since } : undefined;
  const counting = {
    part,
    mediaRegion,
    viewers: 1 / share,
    until: Math.max(begin ? 0 : (read?.until ?? 0), now + waitMs + PART_KEPT_MS),
    ...(begin && { begin }),
  };
  await countInQueue(externalMeetingId, counting, now);
}

/** The longest wait of a viewer while every media region cools down, before jitter (milliseconds). */
const MOST_WAIT_MS = 10_000;

/**
 * How long to wait: until the replicas being opened are ready, or a media region has cooled down, with jitter. An elected opener
 * waits no longer than the last viewer of an ordered queue.
 */
export function untilOpen(
  topology: Topology,
  { until }: { until?: number },
  { viewer, queued }: { viewer: Decision['viewer']; queued: Queued | undefined },
): number {
  const { now, random } = viewer;
  if (until === undefined) {
    const isLast = queued && isAllNearby(topology, queued.mediaRegion);
    const last = isLast
      ? queuedMs(queued.queue, { random, waited: false }, estimating(topology, now))
      : MOST_WAIT_MS;
    return Math.min(last, waitMs(topology, paceOf(topology), viewer));
  }
  const leastMs = Math.min(MOST_WAIT_MS, Math.max(500, until - now));
  return Math.round(leastMs * (1 + random / 2));
}
