/** What Chime's events last said of a person's connection. */
export interface Presence {
  state: 'present' | 'dropped' | 'left';
  /** Milliseconds since the epoch. */
  at: number;
  /** The meeting of the connection. A promoted viewer has two connections, and each says nothing of the other. */
  meetingId: string;
}

/** What each of Chime's events says about the connection of its attendee. Other events say nothing. */
const SAYS: Record<string, Presence['state']> = {
  'chime:AttendeeJoined': 'present',
  'chime:AttendeeAuthorized': 'present',
  'chime:AttendeeDropped': 'dropped',
  'chime:AttendeeLeft': 'left',
  'chime:AttendeeDeleted': 'left',
};

/** The presence that an event reports; undefined if it reports something else. */
export function presenceFrom(eventType: string, at: number): Omit<Presence, 'meetingId'> | undefined {
  const state = SAYS[eventType];
  return state && { state, at };
}

/** Breaks ties between two presences of the same instant, so that their order of arrival does not matter. */
export const RANK: Record<Presence['state'], number> = { present: 0, dropped: 1, left: 2 };

/**
 * Whether this is the attendee of a media pipeline, which keeps its meeting alive:
 * https://github.com/aws/amazon-chime-sdk-js/issues/2454
 */
export function isPipeline({ externalUserId = '' }: { externalUserId?: string | undefined }): boolean {
  return externalUserId.toLowerCase().startsWith('aws:');
}

/** Whether this attendee is a person. Content shares and media pipelines join as attendees too. */
export function isPerson({
  attendeeId,
  externalUserId,
}: {
  attendeeId?: string;
  externalUserId?: string;
}): boolean {
  return !attendeeId?.endsWith('#content') && !isPipeline({ externalUserId });
}
