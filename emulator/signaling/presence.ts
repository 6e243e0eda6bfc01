import { connect, disconnect, type Presence } from '../state/attendees/presence.ts';
import { emit } from '../state/events.ts';
import type { ChimeState } from '../state/state.ts';
import type { Identity } from './identity.ts';

export type Departure = 'left' | 'dropped';

/**
 * Reports that an attendee's media connected. The control plane handles capacity, idle time and events. Content takes no
 * seat.
 */
export function appear(state: ChimeState, who: Identity): Presence {
  if (!who.isContent) return connect(state, who);
  tell(state, who, { eventType: 'AttendeeContentJoined', networkType: 'Voip' });
  return 'done';
}

/** Reports that an attendee's media is gone. */
export function disappear(state: ChimeState, who: Identity, how: Departure): void {
  if (!who.isContent) disconnect(state, who, how);
  else if (isThere(who)) {
    const eventType = how === 'left' ? 'AttendeeContentLeft' : 'AttendeeContentDropped';
    tell(state, who, { eventType, networkType: 'Voip' });
  }
}

/** Reports that a camera or screen share started or stopped. */
export function tellVideo(state: ChimeState, who: Identity, change: 'Started' | 'Stopped'): void {
  if (!isThere(who)) return;
  tell(state, who, { eventType: `Attendee${who.isContent ? 'Content' : ''}Video${change}` });
}

const isThere = ({ meeting, attendee }: Identity) => meeting.endedAt === null && attendee.deletedAt === null;

function tell(
  state: ChimeState,
  { meeting, attendee }: Identity,
  { eventType, ...more }: { eventType: string; networkType?: string },
): void {
  const { attendeeId, externalUserId } = attendee;
  emit(state, meeting, { eventType, at: state.clock.now(), more: { attendeeId, externalUserId, ...more } });
}
