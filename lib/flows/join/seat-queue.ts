import type { RequestContext } from '../../context.ts';
import {
  countedShare,
  isRecent,
  isWaitedFor,
  QUEUE_PARTS,
  queuedMs,
  type SeatQueue,
  stepMs,
} from '../../domain/crowd/seat-queue.ts';
import { beingOpened, isLive, type Topology } from '../../domain/meeting/topology.ts';
import { firstLook, freshLook, type Look } from '../../store/first-look.ts';
import { moveQueue } from '../../store/seat-queue.ts';
import { paceOf } from '../opening/pace.ts';

/** A replica opens in less than half a second, so no viewer is told to wait based on an older read (milliseconds). */
export const OLD_MS = 200;

/**
 * What an attempt of a viewer's join reads first. What this container read a second ago serves while nobody is let in, and where
 * a seat is free and no replica is being opened. While a crowd comes, it serves for a fraction of that.
 */
export function look(externalMeetingId: string, isFirst: boolean, context: RequestContext): Promise<Look> {
  const { externalUserId } = context.caller;
  const now = context.now();
  const serve = (recent: Omit<Look, 'participant'>) => serves(recent, now);
  return isFirst
    ? firstLook(externalMeetingId, externalUserId, { serve, now })
    : freshLook(externalMeetingId, externalUserId, now);
}

function serves({ read: { topology, readAt }, queue }: Omit<Look, 'participant'>, now: number): boolean {
  if (!topology || !isLive(topology)) return true;
  const isNew = now - readAt <= OLD_MS;
  if (topology.replicas.some(({ state, soldOut }) => state === 'open' && !soldOut))
    return isNew || beingOpened(topology, now).length === 0;
  return isNew && queue !== undefined && isRecent(queue, now);
}

/** The queue as a viewer found it, and whether an earlier answer put the viewer into it. */
export interface Queued {
  queue: SeatQueue;
  waited: boolean;
}

/** Put a viewer into the queue. Returns in how many milliseconds the seat is expected. */
export async function queueUp(
  topology: Topology,
  { queue, waited }: Queued,
  context: RequestContext,
): Promise<number> {
  if (!waited) await count(topology, queue, context);
  const [now, random] = [context.now(), context.random()];
  return queuedMs(queue, { pace: paceOf(topology), now, random, waited });
}

/** Count a viewer who gets a seat that others wait for: the last of them waits longer. */
export async function countSeated(
  topology: Topology,
  { queue, waited }: Queued,
  context: RequestContext,
): Promise<void> {
  if (!waited && isWaitedFor(queue, context.now())) await count(topology, queue, context);
}

/** Move the queue on by one viewer. The longer the queue, the fewer viewers write, each for many. */
async function count(topology: Topology, queue: SeatQueue, context: RequestContext): Promise<void> {
  const [pace, now] = [paceOf(topology), context.now()];
  const share = countedShare(queue, { pace, now });
  if (context.random() >= share) return;
  const part = Math.floor(context.random() * QUEUE_PARTS);
  await moveQueue(topology.externalMeetingId, { part, stepMs: stepMs(pace, share) }, now);
}
