import type { Attendee, Meeting } from '../state/meetings/meeting.ts';
import type { ChimeState } from '../state/state.ts';

/** The identity of a connection in a meeting: an attendee, or that attendee's screen share. */
export interface Identity {
  meeting: Meeting;
  attendee: Attendee;
  isContent: boolean;
}

/** The suffix by which clients mark the token and the id of a screen share. */
const CONTENT = '#content';

/** The identity of a token in a meeting. Undefined for a deleted attendee, and for an ended meeting. */
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

/** The AttendeeId that other clients see. */
export const idOf = ({ attendee, isContent }: Identity) =>
  isContent ? `${attendee.attendeeId}${CONTENT}` : attendee.attendeeId;

export const isSame = (one: Identity, other: Identity) =>
  one.attendee === other.attendee && one.isContent === other.isContent;

/** Whether this identity may send video of its camera or screen. */
export function maySendVideo({ attendee, isContent }: Identity): boolean {
  return sends(isContent ? attendee.capabilities.Content : attendee.capabilities.Video);
}

/** Whether this attendee may receive the video of another. */
export function mayReceiveVideo({ attendee }: Identity, from: Identity): boolean {
  return receives(from.isContent ? attendee.capabilities.Content : attendee.capabilities.Video);
}

export const mayBeHeard = ({ attendee, isContent }: Identity) =>
  isContent || sends(attendee.capabilities.Audio);

export const mayHear = ({ attendee }: Identity) => receives(attendee.capabilities.Audio);

const sends = (capability: string) => capability.startsWith('Send');
const receives = (capability: string) => capability.endsWith('Receive');
