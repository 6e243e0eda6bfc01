import type { MeetingSessionStatusCode } from 'amazon-chime-sdk-js';

/** Why a session stopped: the name of the Chime client's status code. */
export type StopCode = keyof typeof MeetingSessionStatusCode;

/** What follows from it: join again at once, or stay out and read why. */
export type AfterStop = { next: 'again'; news: string } | { next: 'out'; news: string };

const OUT: Partial<Record<StopCode, string>> = {
  Left: 'You have left the meeting.',
  AudioJoinedFromAnotherDevice: 'You joined from another window or device, so this one has left.',
  AudioAttendeeRemoved: 'The same person joined elsewhere, or a host has removed you from the meeting.',
};
const REMOVED = 'A host has removed you from the meeting.';

/**
 * Whether somebody whose session stopped joins again. Only the service knows if a meeting that ended is over. Chime does not say why an
 * attendee is gone; `isRemoved` is a host's page that did.
 */
export function afterStop(code: StopCode, isRemoved = false): AfterStop {
  const out = code === 'AudioAttendeeRemoved' && isRemoved ? REMOVED : OUT[code];
  if (out) return { next: 'out', news: out };
  if (code === 'MeetingEnded')
    return { next: 'again', news: 'The meeting was interrupted. You are joining again.' };
  return { next: 'again', news: 'The connection was lost. You are joining again.' };
}

const SPREAD_MS = 1500;
const AT_MOST_MS = 30_000;

/**
 * How long to wait before joining again, when the last `failures` sessions in a row never started. An audience that
 * lost its meeting must not come back in one instant.
 */
export function pauseBefore(failures: number, random: number): number {
  return Math.round(Math.min(AT_MOST_MS, SPREAD_MS * 2 ** failures) * random);
}
