/** What Chime last said of somebody's connection. */
export interface Presence {
  state: 'present' | 'dropped' | 'left';
  /** Milliseconds since the epoch. */
  at: number;
  /** The connection to which meeting: who is promoted has two, and what is seen of one says nothing of the other. */
  meetingId: string;
}

/** What each of Chime's events says about the connection of its attendee. Those not listed say nothing. */
const SAYS: Record<string, Presence['state']> = {
  'chime:AttendeeJoined': 'present',
  'chime:AttendeeAuthorized': 'present',
  'chime:AttendeeDropped': 'dropped',
  'chime:AttendeeLeft': 'left',
  'chime:AttendeeDeleted': 'left',
};

/** The presence that an event tells of; undefined for one that tells of something else. */
export function presenceFrom(eventType: string, at: number): Omit<Presence, 'meetingId'> | undefined {
  const state = SAYS[eventType];
  return state && { state, at };
}

/** At one instant, whichever of two presences wins does not depend on which came first. */
export const RANK: Record<Presence['state'], number> = { present: 0, dropped: 1, left: 2 };

/** Is it the attendee of a media pipeline? It keeps its meeting alive: https://github.com/aws/amazon-chime-sdk-js/issues/2454 */
export function isPipeline({ externalUserId = '' }: { externalUserId?: string | undefined }): boolean {
  return externalUserId.toLowerCase().startsWith('aws:');
}

/** Is this attendee a person? Content shares and media pipelines join as attendees too. */
export function isPerson({
  attendeeId,
  externalUserId,
}: {
  attendeeId?: string;
  externalUserId?: string;
}): boolean {
  return !attendeeId?.endsWith('#content') && !isPipeline({ externalUserId });
}
