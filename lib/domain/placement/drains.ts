import type { MediaRegion } from '../geo/media-regions.ts';

/** A drained media region: no viewer is placed there, and nothing is opened there, until the drain is lifted. */
export interface Drain {
  /** Milliseconds since the epoch. */
  since: number;
  /** Whether the replicas that stand there are replaced elsewhere and deleted. */
  evacuate: boolean;
  /** An operator drained the media region of all meetings; otherwise a host did. */
  by?: 'operator';
  /** A replica was deleted before its seats were replaced, because no further replica was allowed. */
  owes?: OwedReplica;
}

/** The replica that an evacuation owes: any replica elsewhere whose ordinal was claimed later pays it. */
export interface OwedReplica {
  epoch: number;
  /** `nextOrdinal` when the replica was deleted. */
  from: number;
  /** Milliseconds since the epoch. */
  at: number;
}

export type Drains = Partial<Record<MediaRegion, Drain>>;

/** The drains of a topology, each with its media region. */
export function drainsOf({ drains = {} }: { drains?: Drains }): (Drain & { mediaRegion: MediaRegion })[] {
  const entries = Object.entries(drains) as [MediaRegion, Drain][];
  return entries.map(([mediaRegion, drain]) => ({ mediaRegion, ...drain }));
}

/**
 * The media regions that are left for viewers and openings. If every one of them is drained, the drains have no effect: a
 * drain never closes a meeting whose options changed afterwards.
 */
export function undrained({ drains = {} }: { drains?: Drains }, allowed: MediaRegion[]): MediaRegion[] {
  const left = allowed.filter((mediaRegion) => !drains[mediaRegion]);
  return left.length > 0 ? left : allowed;
}
