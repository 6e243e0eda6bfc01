import type { Call } from '../../call/call.ts';
import type { AttendeeItem } from '../../shapes/attendees.ts';
import { emit } from '../events.ts';
import { type Attendee, type Meeting, presentAttendees } from '../meetings/meeting.ts';
import { guid } from '../random.ts';
import { grantedCapabilities } from './capabilities.ts';
import { attendeeLimitExceeded, isFull } from './capacity.ts';

const JOIN_TOKEN_DIGITS = 98;

/** Creates one attendee. With the option `externalUserIdRepeat: 'same'` it returns an existing one with this ExternalUserId. */
export function admit(call: Pick<Call, 'state' | 'now'>, meeting: Meeting, item: AttendeeItem): Attendee {
  const { options } = call.state;
  const capabilities = grantedCapabilities(options, meeting, item.Capabilities);
  const known = options.externalUserIdRepeat === 'same' ? sameUser(meeting, item) : undefined;
  if (known) return known;
  if (isFull(options, meeting)) throw attendeeLimitExceeded(options);
  const attendee = newAttendee(call, item, { capabilities, sequence: meeting.attendees.size + 1 });
  meeting.attendees.set(attendee.attendeeId, attendee);
  meeting.attendeeCount += 1;
  meeting.peakAttendees = Math.max(meeting.peakAttendees, meeting.attendeeCount);
  const { attendeeId, externalUserId } = attendee;
  emit(call.state, meeting, {
    eventType: 'AttendeeAdded',
    at: call.now,
    more: { attendeeId, externalUserId },
  });
  return attendee;
}

/** The attendee that has this ExternalUserId already. */
export function sameUser(meeting: Meeting, item: AttendeeItem): Attendee | undefined {
  return presentAttendees(meeting).find(({ externalUserId }) => externalUserId === item.ExternalUserId);
}

/** The token is alphanumeric, because clients send it as a WebSocket sub-protocol. */
function newAttendee(
  { state }: Pick<Call, 'state'>,
  item: AttendeeItem,
  { capabilities, sequence }: Pick<Attendee, 'capabilities' | 'sequence'>,
): Attendee {
  return {
    attendeeId: guid(state.hex),
    externalUserId: item.ExternalUserId,
    joinToken: state.hex(JOIN_TOKEN_DIGITS),
    capabilities: { ...capabilities },
    sequence,
    connected: false,
    deletedAt: null,
  };
}
