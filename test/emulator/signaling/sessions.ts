import type { Capabilities } from '../../../emulator/shapes/capabilities.ts';
import type { Identity } from '../../../emulator/signaling/identity.ts';
import { openSession, type Session } from '../../../emulator/signaling/session.ts';
import type { Attendee, Meeting } from '../../../emulator/state/meetings/meeting.ts';

const ALL: Capabilities = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };
const meetings = {
  primary: { meetingId: 'primary', primaryMeetingId: null } as Meeting,
  replica: { meetingId: 'replica', primaryMeetingId: 'primary' } as Meeting,
};

let drawn = 0;

/** A client in the primary or the replica of one stage. */
export function identity(
  where: keyof typeof meetings,
  name: string,
  more: Partial<Capabilities> = {},
): Identity {
  const attendee = { attendeeId: `${name}-id`, externalUserId: name, capabilities: { ...ALL, ...more } };
  return { meeting: meetings[where], attendee: attendee as Attendee, isContent: false };
}

/** A client that has subscribed. */
export function session(root: Identity, more: Partial<Session> = {}): Session {
  const link = { send: () => {}, close: () => {}, drop: () => {} };
  return { ...openSession(root, link), phase: 'subscribed', audioStreamId: ++drawn, ...more };
}

/** What a camera sends. */
export const video = (streamId: number, name: string): Session['video'] => ({
  streamId,
  groupId: streamId,
  attendeeId: `${name}-id`,
  externalUserId: name,
  mediaType: 'VIDEO',
  framerate: 15,
  maxBitrateKbps: 600,
  avgBitrateBps: 600_000,
});

/** A presenter with a camera. */
export const ada = () => session(identity('primary', 'ada'), { video: video(101, 'ada') });
/** A viewer. */
export const linus = () => session(identity('replica', 'linus'));
/** A viewer who was let on stage. */
export const promoted = (name: string) =>
  session(identity('replica', name), { promoted: identity('primary', `${name}-on-stage`) });
