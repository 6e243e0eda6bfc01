import type { ChimeState } from '../state.ts';
import type { Meeting } from './meeting.ts';

/**
 * Forgets the meetings that ended `forgetEndedAfterMs` ago, with their attendees, request tokens and events. A replica is
 * kept as long as its primary: the time of its viewers' departure may count for the primary's idle time.
 */
export function forgetEnded(state: ChimeState): void {
  const { forgetEndedAfterMs } = state.options;
  if (forgetEndedAfterMs === 0) return;
  const before = state.clock.now() - forgetEndedAfterMs;
  const isDue = ({ endedAt }: Meeting) => endedAt !== null && endedAt <= before;
  const forgotten = new Set<string>();
  for (const meeting of state.ended) {
    if (!isDue(meeting)) break; // ordered by end
    if (isPrimaryLive(state, meeting)) continue;
    forgotten.add(meeting.meetingId);
    state.ended.delete(meeting);
    state.meetings.delete(meeting.meetingId);
  }
  if (forgotten.size === 0) return;
  forgetTokens(state, forgotten);
  state.events.forget(forgotten);
}

function isPrimaryLive(state: ChimeState, { primaryMeetingId }: Meeting): boolean {
  return primaryMeetingId !== null && state.meetings.get(primaryMeetingId)?.endedAt === null;
}

function forgetTokens(state: ChimeState, meetingIds: Set<string>): void {
  for (const [key, { created }] of state.tokens)
    if (meetingIds.has(created.Meeting.MeetingId)) state.tokens.delete(key);
}
