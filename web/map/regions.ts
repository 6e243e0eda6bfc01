import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { LoadReport } from '../../local/load-generator/report.ts';
import { drainIn } from './drains.ts';
import { type Fares, faresIn } from './fares.ts';

/** All that the page shows of one media region. */
export interface RegionView {
  mediaRegion: MediaRegion;
  isPrimary: boolean;
  /** People on stage, if the primary is here. */
  onStage: number;
  /** Open replicas, and those being opened. */
  replicas: number;
  opening: number;
  seatsTaken: number;
  capacity: number;
  /** Viewers who live nearest to it, and how many of them hold a seat in any region. */
  viewers: number;
  seated: number;
  /** Chime currently opens no meeting here. */
  isFull: boolean;
  /** No viewer is placed here any more. */
  isDrained: boolean;
  /** What the clients of its viewers reported. Simulated viewers report nothing. */
  fares?: Fares | undefined;
}

/** One view for each media region of the list, in its order, from the report. */
export function viewRegions(report: LoadReport, mediaRegions: readonly MediaRegion[]): RegionView[] {
  return mediaRegions.map((mediaRegion) => viewRegion(report, mediaRegion));
}

function viewRegion({ topology, audience, chime }: LoadReport, mediaRegion: MediaRegion): RegionView {
  const here = (topology?.replicas ?? []).filter((replica) => replica.mediaRegion === mediaRegion);
  const open = here.filter(({ status }) => status !== 'opening');
  const home = audience.homes.find((each) => each.mediaRegion === mediaRegion);
  const isPrimary = topology?.primary?.mediaRegion === mediaRegion;
  return {
    mediaRegion,
    isPrimary,
    onStage: isPrimary ? (topology?.primary?.seatsTaken ?? 0) : 0,
    replicas: open.length,
    opening: here.length - open.length,
    seatsTaken: open.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0),
    capacity: open.reduce((sum, { capacity }) => sum + capacity, 0),
    viewers: home?.wanted ?? 0,
    seated: home?.seated ?? 0,
    isFull: chime.fullMediaRegions.includes(mediaRegion),
    isDrained: drainIn(topology, mediaRegion) !== undefined,
    fares: faresIn(topology, mediaRegion),
  };
}

/** Whether a media region has anything to show. */
export function isOfInterest(view: RegionView): boolean {
  return view.isPrimary || view.isFull || view.isDrained || view.replicas + view.opening + view.viewers > 0;
}
