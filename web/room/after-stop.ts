import type { MeetingSessionStatusCode } from 'amazon-chime-sdk-js';

/** Why a session stopped: the name of the Chime client's status code. */
export type StopCode = keyof typeof MeetingSessionStatusCode;

/** What the page does next: join again at once, or stop and show why. */
export type AfterStop = { next: 'again'; news: string } | { next: 'out'; news: string };

const OUT: Partial<Record<StopCode, string>> = {
  Left: 'You have left the meeting.',
  AudioJoinedFromAnotherDevice: 'You joined from another window or device, so this one has left.',
  AudioAttendeeRemoved: 'The same person joined elsewhere, or a host has removed you from the meeting.',
};
const REMOVED = 'A host has removed you from the meeting.';

/**
 * Decides whether a page whose session stopped joins again. Only the service knows whether a meeting that ended at Chime is
 * over. Chime does not say why an attendee is gone; `isRemoved` says that a host's page announced a removal.
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
 * The delay before the next join, after the last `failures` sessions in a row never started. Jitter keeps an audience that
 * lost its meeting from returning at the same moment.
 */
export function pauseBefore(failures: number, random: number): number {
  return Math.round(Math.min(AT_MOST_MS, SPREAD_MS * 2 ** failures) * random);
}
