import type { MediaRegion } from '../geo/media-regions.ts';
import type { Topology } from '../meeting/topology.ts';
import { placeableMediaRegions } from './decision.ts';
import { type Drain, drainsOf } from './drains.ts';
import { isOwed, type Seats } from './evacuation.ts';

/** How far a drain got, for its hosts. */
export interface DrainProgress {
  mediaRegion: MediaRegion;
  /** ISO 8601. */
  since: string;
  evacuate: boolean;
  status: keyof typeof WORDS;
  detail: string;
  /** The replicas that stand there, or are being opened there. */
  replicas: number;
  /** The viewers who hold a seat there. */
  viewers: number;
}

const WORDS = {
  closed: 'No viewer is placed there, and nothing is opened there. Viewers who have a seat there keep it.',
  moving:
    'Seats are opened elsewhere, then the replicas there are deleted. Repeat this request to continue, or wait for the reconciler.',
  'moving-with-fewer-seats':
    'No further replica is allowed. So one replica after another is deleted and opened elsewhere, and seats are fewer meanwhile.',
  moved: 'No replica is left there. Its viewers find seats elsewhere when they join again.',
  suspended:
    'Every allowed media region is drained, so no drain has an effect. Lift one, or allow another media region.',
} as const;

/** The progress of all drains of a topology. `seats`: those of its open replicas, by ordinal. */
export function drainProgress(
  topology: Topology,
  { seats, controlRegion }: { seats: ReadonlyMap<number, Seats>; controlRegion: string },
): DrainProgress[] {
  const placeable = placeableMediaRegions(topology, controlRegion);
  return drainsOf(topology).map((drain) => {
    const { mediaRegion, since, evacuate } = drain;
    const here = topology.replicas.filter((replica) => replica.mediaRegion === mediaRegion);
    const status = placeable.includes(mediaRegion) ? 'suspended' : statusOf(topology, drain, here.length);
    const viewers = here.reduce((sum, { ordinal }) => sum + (seats.get(ordinal)?.held ?? 0), 0);
    return {
      ...{ mediaRegion, since: new Date(since).toISOString(), evacuate, status, detail: WORDS[status] },
      ...{ replicas: here.length, viewers },
    };
  });
}

function statusOf(topology: Topology, drain: Drain, replicas: number): DrainProgress['status'] {
  if (!drain.evacuate) return 'closed';
  const isShort = isOwed(topology, drain);
  if (replicas === 0 && !isShort) return 'moved';
  return isShort || (replicas > 0 && drain.owes?.epoch === topology.epoch)
    ? 'moving-with-fewer-seats'
    : 'moving';
}
