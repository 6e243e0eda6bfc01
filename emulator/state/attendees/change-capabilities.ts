import type { Call } from '../../call/call.ts';
import type { Capabilities } from '../../shapes/capabilities.ts';
import { emit } from '../events.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';

/** Changes an attendee's validated capabilities, joined or not, and sends the event. */
export function changeCapabilities(
  { state, now }: Call,
  { meeting, attendee }: { meeting: Meeting; attendee: Attendee },
  granted: Capabilities,
): void {
  attendee.capabilities = { ...granted };
  const { attendeeId, externalUserId } = attendee;
  const { Audio: audio, Video: video, Content: content } = granted;
  const more = { attendeeId, externalUserId, success: '1', attendeeCapabilities: { audio, video, content } };
  emit(state, meeting, { eventType: 'AttendeeCapabilitiesUpdated', at: now, more });
}
