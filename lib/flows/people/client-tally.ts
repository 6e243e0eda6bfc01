import { perName } from '../../container.ts';
import { askAt } from '../../domain/access/rate.ts';
import { add, type Counters, reportSliceAt } from '../../domain/client-events/counters.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { type Added, addClientCounters } from '../../store/client-events.ts';

/** What a container was told about one name, and has not added to the counters of all containers yet. */
interface Tally {
  /** The bucket of the writes of this container (`askAt`). */
  spokenUntil: number;
  bySlice: Map<number, Map<MediaRegion, Map<string, number>>>;
}

/** How often a container adds to the counters of one name. */
const WRITES = { perSecond: 1, burst: 10 };
const tallies = perName<Tally>();

/**
 * Count a report of one media region. The container adds what it counted to the counters of all containers, at once for a few
 * reports and about once a second for many. So a crowd's reports cost few writes. What a container counted beyond that waits
 * for its next report, and is lost if there is none. A failure of the write loses a part of an estimate, and no more.
 */
export async function countReport(
  { externalMeetingId, mediaRegion }: { externalMeetingId: string; mediaRegion: MediaRegion },
  counters: Counters,
  now: number,
): Promise<void> {
  const tally = tallyOf(externalMeetingId);
  note(tally, { slice: reportSliceAt(now), mediaRegion }, counters);
  const asked = askAt(tally.spokenUntil, now, WRITES);
  if ('retryAfterMs' in asked) return;
  const { bySlice } = tally;
  Object.assign(tally, { ...asked, bySlice: new Map() });
  try {
    for (const [slice, added] of bySlice)
      await addClientCounters({ externalMeetingId, slice }, added satisfies Added, now);
  } catch {
    // the metrics, which need no table, have counted the report
  }
}

function tallyOf(externalMeetingId: string): Tally {
  return (
    tallies.get(externalMeetingId) ?? tallies.set(externalMeetingId, { spokenUntil: 0, bySlice: new Map() })
  );
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
