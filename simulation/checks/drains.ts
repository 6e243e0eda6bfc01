import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { isOpen, type Replica, type Topology } from '../../lib/domain/meeting/topology.ts';
import type { Verb } from '../actors/operations.ts';
import type { Given, History } from './history.ts';
import type { Stores } from './stores.ts';

const MOVES_DRAINS: Verb[] = ['drain', 'evacuate', 'operate', 'lift', 'create', 'reopen', 'end'];
const MOVES_VIEWERS: Verb[] = ['evacuate', 'operate'];
/** A container may not know of a drain for as long as it keeps a topology, by its own clock (milliseconds). */
const UNKNOWN_FOR_MS = 10_000;
/** An opening that began before the drain may be published after it, within its lease, by any clock (milliseconds). */
const LEASE_MS = 30_000;

/** No viewer gets a first seat in a drained media region. */
export function placedInDrain(history: History, given: Given, { topology }: Stores): string[] {
  const { entry, kind, by, meetingId } = given;
  const replica = topology?.replicas.find((one) => one.meetingId === meetingId);
  if (!topology || !replica || kind !== 'replica' || by !== 'join') return [];
  if (!topology.drains?.[replica.mediaRegion]) return [];
  const hadSeat = history.given.some((one) => one.entry.who === entry.who && one.meetingId === meetingId);
  const moved = history.entries.some(
    ({ verb, toMs, from }) =>
      MOVES_DRAINS.includes(verb) && from <= entry.to && toMs >= entry.fromMs - UNKNOWN_FOR_MS,
  );
  return hadSeat || moved || mayHaveSeat(history, given)
    ? []
    : [`was placed in ${replica.mediaRegion}, which is drained`];
}

/** Whether an earlier join of the person may have assigned the seat, although its client got no answer. */
function mayHaveSeat({ entries }: History, { entry }: Given): boolean {
  return entries.some(
    ({ who, verb, from, outcome }) =>
      who === entry.who && verb === 'join' && from < entry.from && outcome?.kind !== 'answered',
  );
}

/** Whether a host ever asked to move the viewers out of this media region. */
export const wasEvacuated = ({ entries }: History, mediaRegion: string): boolean =>
  entries.some(
    ({ verb, body }) =>
      MOVES_VIEWERS.includes(verb) && (body as { mediaRegion: string }).mediaRegion === mediaRegion,
  );

/** Nothing was opened in a drained media region, except what had begun before. */
export function openedInDrain({ replicas, drains = {} }: Topology): string[] {
  const late = replicas.filter(isOpen).filter(({ mediaRegion, openedAt = 0 }) => {
    const drain = drains[mediaRegion];
    return drain !== undefined && openedAt - drain.since > LEASE_MS;
  });
  return late.map(
    ({ ordinal, mediaRegion }) => `replica ${ordinal} was opened in ${mediaRegion}, which is drained`,
  );
}

/** Once the reconciler has had its time, no replica stands in a media region that is evacuated. */
export function leftInEvacuated(topology: Topology): string[] {
  if (topology.status !== 'live') return [];
  const left = topology.replicas.filter(({ mediaRegion }) => topology.drains?.[mediaRegion]?.evacuate);
  return left.map(
    ({ ordinal, mediaRegion }) => `replica ${ordinal} stands in ${mediaRegion}, which is evacuated`,
  );
}

/** Whether an evacuation is unfinished, so that only the reconciler or a host goes on with it. */
export const isEvacuating = (topology: Topology | undefined): boolean =>
  topology !== undefined &&
  (leftInEvacuated(topology).length > 0 ||
    Object.values(topology.drains ?? {}).some(({ owes }) => owes?.epoch === topology.epoch));

export const isInDrain = ({ drains }: Topology, { mediaRegion }: Pick<Replica, 'mediaRegion'>): boolean =>
  drains?.[mediaRegion as MediaRegion] !== undefined;
