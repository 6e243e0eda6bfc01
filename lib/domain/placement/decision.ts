import { type MediaRegion, mediaRegionsOf } from '../geo/media-regions.ts';
import type { OpenReplica, Topology } from '../meeting/topology.ts';
import { isCooling } from './cool-downs.ts';
import type { Demand } from './demand.ts';
import { undrained } from './drains.ts';

/** A viewer to be placed, with every input of the decision besides the topology. */
export interface Viewer {
  mediaRegion: MediaRegion;
  controlRegion: string;
  now: number;
  /** In [0, 1). */
  random: number;
  /** The viewers who were seated so far, without this one, and what was known before. Without it placement is conservative. */
  demand?: Demand;
  /** How many replicas may be opened at once; without it, any number. */
  atOnce?: number;
  /** The viewer opens another replica rather than wait, or rather than take a seat that others wait for. */
  isElectedOpener?: true;
  /** Where an elected opener opens the next replica, by the viewers who wait (`mostDue`). */
  mostDue?: MediaRegion | undefined;
  /** More viewers wait than the replicas that are being opened will seat: the last replica may be opened too. */
  isShort?: boolean;
  /** Many wait, while replicas are being opened: others of them decide which further one is worth opening. */
  leavesOpening?: boolean;
}

export type SeatReason = 'own-region' | 'nearby' | 'nearest-with-room';
export type OpenReason = 'unfinished' | 'worth-opening' | 'nothing-has-room' | 'many-wait';
export type Placement =
  | { kind: 'seat'; replica: OpenReplica; reason: SeatReason; rttMs: number }
  | { kind: 'open'; ordinal: number; mediaRegion: MediaRegion; reason: OpenReason }
  /** `until`: no replica can be opened before, because all allowed media regions are cooling down, or one is evacuated. */
  | { kind: 'wait'; until?: number }
  | { kind: 'full' };
export type OpenPlacement = Extract<Placement, { kind: 'open' }>;

/** The media regions where a meeting of this topology may be hosted: the host's rule, within Chime's. */
export function allowedMediaRegions(
  topology: Pick<Topology, 'options'>,
  controlRegion: string,
): MediaRegion[] {
  const hostable = mediaRegionsOf(controlRegion);
  const { allowedMediaRegions: rule } = topology.options;
  return rule ? hostable.filter((mediaRegion) => rule.includes(mediaRegion)) : [...hostable];
}

/** The allowed media regions that are not drained: viewers are placed only there. */
export function placeableMediaRegions(
  topology: Pick<Topology, 'options' | 'drains'>,
  controlRegion: string,
): MediaRegion[] {
  return undrained(topology, allowedMediaRegions(topology, controlRegion));
}

/** Whether a drain keeps viewers and openings out of this media region. */
export function isDrained(
  topology: Pick<Topology, 'options' | 'drains'>,
  mediaRegion: MediaRegion,
  controlRegion: string,
): boolean {
  return (
    topology.drains?.[mediaRegion] !== undefined &&
    !placeableMediaRegions(topology, controlRegion).includes(mediaRegion)
  );
}

/** The media regions where a replica may be opened now: neither drained nor cooling down. */
export function openableMediaRegions(
  topology: Topology,
  { controlRegion, now }: Pick<Viewer, 'controlRegion' | 'now'>,
): MediaRegion[] {
  const placeable = placeableMediaRegions(topology, controlRegion);
  return placeable.filter((mediaRegion) => !isCooling(topology, mediaRegion, now));
}
