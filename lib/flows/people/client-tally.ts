import { inContainer } from '../../container.ts';
import { add, type Counters, reportSliceAt } from '../../domain/client-events/counters.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { type Added, addClientCounters } from '../../store/client-events.ts';

/** What a container was told about one name, and has not added to the counters of all containers yet. */
interface Tally {
  /** When this container last added (milliseconds since the epoch). */
  addedAt: number;
  bySlice: Map<number, Map<MediaRegion, Map<string, number>>>;
}

/** A container adds to the counters of one name at most this often (milliseconds). */
const ADD_EVERY_MS = 1000;
const MOST_NAMES = 1000;
const tallies = inContainer('caches', () => new Map<string, Tally>());

/**
 * Count a report of one media region. The container adds what it counted to the counters of all containers about once a second,
 * so a crowd's reports cost few writes. What a container counted within a second after its last write waits for its next
 * report, and is lost if there is none. A failure of the write loses a part of an estimate, and no more.
 */
export async function countReport(
  { externalMeetingId, mediaRegion }: { externalMeetingId: string; mediaRegion: MediaRegion },
  counters: Counters,
  now: number,
): Promise<void> {
  const tally = tallyOf(externalMeetingId);
  note(tally, { slice: reportSliceAt(now), mediaRegion }, counters);
  if (now - tally.addedAt < ADD_EVERY_MS) return;
  const { bySlice } = tally;
  Object.assign(tally, { addedAt: now, bySlice: new Map() });
  try {
    for (const [slice, added] of bySlice)
      await addClientCounters({ externalMeetingId, slice }, added satisfies Added, now);
  } catch {
    // the metrics, which need no table, have counted the report
  }
}

function tallyOf(externalMeetingId: string): Tally {
  const found = tallies().get(externalMeetingId);
  if (found) return found;
  if (tallies().size >= MOST_NAMES) tallies().clear();
  const tally: Tally = { addedAt: 0, bySlice: new Map() };
  tallies().set(externalMeetingId, tally);
  return tally;
}

function note(
  { bySlice }: Tally,
  { slice, mediaRegion }: { slice: number; mediaRegion: MediaRegion },
  counters: Counters,
): void {
  const regions = bySlice.get(slice) ?? new Map<MediaRegion, Map<string, number>>();
  const counted = regions.get(mediaRegion) ?? new Map<string, number>();
  add(counted, counters);
  bySlice.set(slice, regions.set(mediaRegion, counted));
}
