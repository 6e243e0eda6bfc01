import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';
import { isLeaseExpired, type Topology } from './topology.ts';

/**
 * The lowest ordinal that no replica of this epoch ever had. Ordinals are never reused, because a request token returns the
 * meeting that it opened first, dead or alive.
 */
export function nextOrdinal({
  replicas,
  nextOrdinal = 0,
}: Pick<Topology, 'replicas' | 'nextOrdinal'>): number {
  return Math.max(nextOrdinal, ...replicas.map(({ ordinal }) => ordinal + 1));
}

/**
 * The ordinal of the next replica in this media region: that of an unfinished one there, otherwise a new one. So repeated
 * failures in one media region leave a single replica on record.
 */
export function ordinalIn(topology: Topology, mediaRegion: MediaRegion, now: number): number {
  const begun = topology.replicas.find((one) => one.mediaRegion === mediaRegion && isLeaseExpired(one, now));
  return begun?.ordinal ?? nextOrdinal(topology);
}

/**
 * How many replicas one topology may have on record: as many as the host allows, and one for each media region that Chime
 * failed to open. This bounds the size of the item.
 */
export function mostOnRecord({ options }: Pick<Topology, 'options'>): number {
  return options.maxReplicas + ALL_MEDIA_REGIONS.length;
}

/** The fence of the next claim on this ordinal, according to the last read. */
export function nextFence({ replicas }: Pick<Topology, 'replicas'>, ordinal: number): number {
  return (replicas.find((replica) => replica.ordinal === ordinal)?.fence ?? 0) + 1;
}

/**
 * Whether the conditions of a claim on this ordinal still hold in a later read: nobody claimed it meanwhile, and the meeting was
 * neither ended nor begun anew. Lower ordinals may have been claimed, by this request too.
 */
export function isStillClaimable(read: Topology, fresh: Topology, ordinal: number): boolean {
  const isSame = fresh.incarnation === read.incarnation && fresh.epoch === read.epoch;
  if (!isSame || fresh.status !== read.status) return false;
  const claimIn = ({ replicas }: Topology) => replicas.find((replica) => replica.ordinal === ordinal);
  const begun = claimIn(read);
  return begun ? claimIn(fresh)?.lease?.owner === begun.lease?.owner : ordinal >= nextOrdinal(fresh);
}
