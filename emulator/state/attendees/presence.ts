import { emit } from '../events.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import type { ChimeState } from '../state.ts';

/** The result of a change of presence; all but the first two change nothing. */
export type Presence = 'done' | 'handed-over' | 'ended' | 'deleted' | 'full' | 'not-connected';

interface Who {
  meeting: Meeting;
  attendee: Attendee;
}

/** Connects an attendee. A connected attendee hands over to the new connection: AttendeeAuthorized. */
export function connect(state: ChimeState, { meeting, attendee }: Who): Presence {
  if (meeting.endedAt !== null) return 'ended';
  if (attendee.deletedAt !== null) return 'deleted';
  if (attendee.connected) return handOver(state, { meeting, attendee });
  if (meeting.connectedCount >= meeting.capacity) return 'full';
  if (!meeting.started) {
    meeting.started = true;
    emit(state, meeting, { eventType: 'MeetingStarted', at: state.clock.now() });
  }
  attendee.connected = true;
  meeting.connectedCount += 1;
  tell(state, { meeting, attendee }, 'AttendeeJoined');
  return 'done';
}

/** Disconnects an attendee who left, or whose network was lost. */
export function disconnect(state: ChimeState, who: Who, how: 'left' | 'dropped'): Presence {
  if (who.meeting.endedAt !== null) return 'ended';
  if (!who.attendee.connected) return 'not-connected';
  hangUp(state, who);
  tell(state, who, how === 'left' ? 'AttendeeLeft' : 'AttendeeDropped');
  return 'done';
}

/** Ends a connection without an event. The last departure starts the idle time. */
export function hangUp(state: ChimeState, { meeting, attendee }: Who): void {
  if (!attendee.connected) return;
  attendee.connected = false;
  meeting.connectedCount -= 1;
  if (meeting.connectedCount === 0) meeting.lastPresentAt = state.clock.now();
}

function handOver(state: ChimeState, { meeting, attendee }: Who): Presence {
  const { attendeeId, externalUserId } = attendee;
  const more = { attendeeId, externalUserId };
  emit(state, meeting, { eventType: 'AttendeeAuthorized', at: state.clock.now(), more });
  return 'handed-over';
}

function tell(state: ChimeState, { meeting, attendee }: Who, eventType: string): void {
  const { attendeeId, externalUserId } = attendee;
  const more = { attendeeId, externalUserId, networkType: 'Voip' };
  emit(state, meeting, { eventType, at: state.clock.now(), more });
}
