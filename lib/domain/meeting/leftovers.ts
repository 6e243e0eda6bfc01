import type { MediaRegion } from '../geo/media-regions.ts';
import { CLOCK_SKEW_MS } from './clocks.ts';
import { FRESH_MS, type Topology } from './topology.ts';

/** A Chime meeting that may live although no record names it any more, or will in a moment. */
export interface Leftover {
  incarnation: string;
  epoch: number;
  /** What it was opened as: the primary of that epoch, or the replica of an ordinal. */
  place: 'primary' | number;
  mediaRegion: MediaRegion;
  /** Absent where no answer told it: the first request, repeated word for word, does. */
  meetingId?: string;
  /** When it was left (milliseconds since the epoch). */
  since: number;
  /** The end of the lease under which another request may still be opening it. */
  claimedUntil?: number;
}

/** What is to be done about a leftover: delete it; forget it, for it is in use; or decide later. */
export type LeftoverVerdict = 'delete' | 'forget' | 'later';

/**
 * May a leftover be deleted at Chime? Only once no request can open it and no write can publish it any more, which stays so for
 * ever: the lease of its claim is over, and a later epoch or incarnation has begun, the name is ended, or its ordinal is given up.
 * While its claim stands, the next holder may still publish it; once it is published it is none.
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

/** A write that would make a published meeting unreachable was lost, or comes within the life of a function: this is longer. */
const IN_USE_AFTER_MS = 120_000;

/** May another request be opening it still, by its own clock? */
export function isBeingOpened({ claimedUntil = 0 }: Leftover, now: number): boolean {
  return now <= claimedUntil + CLOCK_SKEW_MS;
}

/** May it have been made so recently that Chime does not find it yet? */
export function mayBeFresh({ since }: Leftover, now: number): boolean {
  return now - since < FRESH_MS + CLOCK_SKEW_MS;
}

/** Chime ends a meeting in which nobody is after five minutes; after twice that nothing is left to delete. */
const SURELY_DEAD_MS = 600_000;

/** Has a leftover that nobody ever connected to died of idleness by now? */
export function isSurelyDead({ since }: Leftover, now: number): boolean {
  return now - since > SURELY_DEAD_MS;
}
