import type { Attendee, Meeting } from '../state/meetings/meeting.ts';
import type { ChimeState } from '../state/state.ts';

/** Who somebody is in a meeting: an attendee, or what that attendee shows of their screen. */
export interface Identity {
  meeting: Meeting;
  attendee: Attendee;
  isContent: boolean;
}

/** How clients mark the token and the id of a screen share. */
const CONTENT = '#content';

/** Whose token this is in a meeting. An attendee who was deleted, and a meeting that ended, have none. */
export function identify(
  state: ChimeState,
  meetingId: string,
  token: string,
): Identity | 'ended' | 'refused' {
  const meeting = state.meetings.get(meetingId.toLowerCase());
  if (!meeting) return 'refused';
  if (meeting.endedAt !== null) return 'ended';
  const isContent = token.endsWith(CONTENT);
  const joinToken = isContent ? token.slice(0, -CONTENT.length) : token;
  const attendee = [...meeting.attendees.values()].find((each) => each.joinToken === joinToken);
  if (!attendee || attendee.deletedAt !== null) return 'refused';
  return { meeting, attendee, isContent };
}

/** The AttendeeId by which others know somebody. */
export const idOf = ({ attendee, isContent }: Identity) =>
  isContent ? `${attendee.attendeeId}${CONTENT}` : attendee.attendeeId;

export const isSame = (one: Identity, other: Identity) =>
  one.attendee === other.attendee && one.isContent === other.isContent;

/** Whether somebody may send video: of their camera, or of their screen. */
export function maySendVideo({ attendee, isContent }: Identity): boolean {
  return sends(isContent ? attendee.capabilities.Content : attendee.capabilities.Video);
}

/** Whether somebody may receive what another sends. */
export function mayReceiveVideo({ attendee }: Identity, from: Identity): boolean {
  return receives(from.isContent ? attendee.capabilities.Content : attendee.capabilities.Video);
}

export const mayBeHeard = ({ attendee, isContent }: Identity) =>
  isContent || sends(attendee.capabilities.Audio);

export const mayHear = ({ attendee }: Identity) => receives(attendee.capabilities.Audio);

const sends = (capability: string) => capability.startsWith('Send');
const receives = (capability: string) => capability.endsWith('Receive');
