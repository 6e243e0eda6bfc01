import type { MediaRegion } from '../geo/media-regions.ts';
import { CLOCK_SKEW_MS } from './clocks.ts';
import { FRESH_MS } from './freshness.ts';
import type { Topology } from './topology.ts';

/** A Chime meeting that may live although no record names it, or will name it after the next write. */
export interface Leftover {
  incarnation: string;
  epoch: number;
  /** What it was opened as: the primary of that epoch, or the replica with this ordinal. */
  place: 'primary' | number;
  mediaRegion: MediaRegion;
  /** Absent if no response told it. Repeating the first request word for word returns it. */
  meetingId?: string;
  /** When it was abandoned (milliseconds since the epoch). */
  since: number;
  /** The end of the lease under which another request may still be opening it. */
  claimedUntil?: number;
}

/** A leftover whose MeetingId is known. */
export type KnownLeftover = Leftover & { meetingId: string };

export const isKnown = (leftover: Leftover): leftover is KnownLeftover => leftover.meetingId !== undefined;

/** What to do with a leftover: delete it, forget it because it is in use, or decide later. */
export type LeftoverVerdict = 'delete' | 'forget' | 'later';

/**
 * Whether a leftover may be deleted at Chime: only if no request can open it and no write can publish it, now or later.
 * So the lease of its claim must be over, and one of these must hold: a later epoch or incarnation has begun, the name
 * is ended, or the claim on its ordinal was deleted. While its claim stands, the next holder may still publish it. A
 * published meeting is no leftover.
 */
export function verdictOn(leftover: Leftover, topology: Topology | undefined, now: number): LeftoverVerdict {
  if (isBeingOpened(leftover, now)) return 'later';
  if (!topology || topology.incarnation !== leftover.incarnation || topology.epoch > leftover.epoch)
    return 'delete';
  if (topology.status === 'ended') return 'delete';
  const { place, since } = leftover;
  const replica = topology.replicas.find(({ ordinal }) => ordinal === place);
  if (place !== 'primary' && !replica) return 'delete';
  const isPublished = (place === 'primary' ? topology.primary : replica)?.state === 'open';
  const isNone = isPublished ? now - since > IN_USE_AFTER_MS : isSurelyDead(leftover, now);
  return isNone ? 'forget' : 'later';
}

/** Longer than a function lives: by then a write that makes a published meeting unreachable has failed or arrived. */
const IN_USE_AFTER_MS = 120_000;

/** Whether another request may still be opening it, by that request's clock. */
export function isBeingOpened({ claimedUntil = 0 }: Leftover, now: number): boolean {
  return now <= claimedUntil + CLOCK_SKEW_MS;
}

/** Whether it may be so new that Chime does not find it yet. */
export function mayBeFresh({ since }: Leftover, now: number): boolean {
  return now - since < FRESH_MS + CLOCK_SKEW_MS;
}

/** Chime ends a meeting without attendees after five minutes. After twice that, nothing is left to delete. */
const SURELY_DEAD_MS = 600_000;

/** Whether a leftover that never had a connection has ended by idleness by now. */
export function isSurelyDead({ since }: Leftover, now: number): boolean {
  return now - since > SURELY_DEAD_MS;
}
