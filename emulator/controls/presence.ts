import * as z from 'zod';
import { Declined, parsed } from '../declined.ts';
import { connect, disconnect } from '../state/attendees/presence.ts';
import type { ChimeState } from '../state/state.ts';

const Change = z.strictObject({
  meetingId: z.string(),
  attendeeId: z.string(),
  event: z.enum(['joined', 'left', 'dropped']),
});

const WORDS = {
  ended: 'The meeting has ended',
  deleted: 'The attendee was deleted',
  full: 'The meeting is at capacity',
  'not-connected': 'The attendee is not connected',
};

/** Simulates the effect of a client's media connection. */
export function changePresence(state: ChimeState, change: unknown): { connected: boolean } {
  const { meetingId, attendeeId, event } = parsed(Change, change);
  const meeting = state.meetings.get(meetingId);
  if (!meeting) throw new Declined(`There is no meeting ${meetingId}`);
  const attendee = meeting.attendees.get(attendeeId);
  if (!attendee) throw new Declined(`There is no attendee ${attendeeId} in it`);
  const who = { meeting, attendee };
  const presence = event === 'joined' ? connect(state, who) : disconnect(state, who, event);
  if (presence !== 'done' && presence !== 'handed-over') throw new Declined(WORDS[presence]);
  return { connected: attendee.connected };
}
