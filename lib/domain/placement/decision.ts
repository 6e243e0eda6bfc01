import { type MediaRegion, mediaRegionsOf } from '../geo/media-regions.ts';
import type { Replica, Topology } from '../meeting/topology.ts';
import { isCooling } from './cool-downs.ts';
import type { Demand } from './demand.ts';

/** Who is to be placed, and what the decision may use: nothing else enters it. */
export interface Viewer {
  mediaRegion: MediaRegion;
  controlRegion: string;
  now: number;
  /** In [0, 1). */
  random: number;
  /** Who was seated so far, this viewer not counted, and whom the host expects. Without it placement is careful. */
  demand?: Demand;
  /** So many replicas may be on their way at once; without it, any number. */
  atOnce?: number;
  /** They open another replica rather than wait, or take a seat that others wait for. */
  isElectedOpener?: true;
}

export type SeatReason = 'own-region' | 'nearby' | 'nearest-with-room';
export type OpenReason = 'unfinished' | 'worth-opening' | 'nothing-has-room' | 'many-wait';
export type Placement =
  | { kind: 'seat'; replica: Replica; reason: SeatReason; rttMs: number }
  | { kind: 'open'; ordinal: number; mediaRegion: MediaRegion; reason: OpenReason }
  /** `until`: nothing can be opened before, for every allowed media region is cooling down. */
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

/** The same, without those that cool down after Chime failed to open a replica there. */
export function openableMediaRegions(
  topology: Topology,
  { controlRegion, now }: Pick<Viewer, 'controlRegion' | 'now'>,
): MediaRegion[] {
  const allowed = allowedMediaRegions(topology, controlRegion);
  return allowed.filter((mediaRegion) => !isCooling(topology, mediaRegion, now));
}
