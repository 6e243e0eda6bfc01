import { discard } from './discard.ts';
import { leftoverJournals } from './journal.ts';
import { clock, pacedBy } from './pace.ts';
import { clientAt, type Place } from './place.ts';

export interface Cleaned {
  deleted: number;
  /** Meetings that could not be deleted, and those of other places. */
  left: { meetingId: string; region: string; endpoint?: string }[];
}

/**
 * Deletes the meetings of earlier runs, as far as their journals in this directory name them and they are of this place: of
 * AWS, in any region, or of this endpoint. Chime has no operation that lists meetings.
 */
export async function clean(directory: string, place: Place, callsPerSecond: number): Promise<Cleaned> {
  const pace = pacedBy(callsPerSecond, clock);
  const cleaned: Cleaned = { deleted: 0, left: [] };
  for (const journal of leftoverJournals(directory)) {
    for (const meeting of journal.left()) {
      await pace.turn();
      const isHere = meeting.endpoint === place.endpoint;
      if (isHere && (await isDiscarded({ ...place, region: meeting.region }, meeting.meetingId))) {
        journal.deleted(meeting.meetingId);
        cleaned.deleted += 1;
      } else cleaned.left.push(meeting);
    }
  }
  return cleaned;
}

async function isDiscarded(place: Place, meetingId: string): Promise<boolean> {
  const client = clientAt(place);
  const isGone = await discard(client, meetingId);
  client.destroy();
  return isGone;
}

/** The result of the clean-up, as text. */
export function cleanReport({ deleted, left }: Cleaned): string {
  const words = left.map(
    ({ meetingId, region, endpoint }) => `  ${meetingId} in ${region} of ${endpoint ?? 'AWS'}`,
  );
  return [`Meetings deleted: ${deleted}. Left: ${left.length}.`, ...words].join('\n');
}
