import { mayRejoin } from '../../client/stay/after-stop.ts';
import type { StopCode } from '../../client/stay/chime.ts';

/** What the page does next: join again at once, or stop and show why. */
export type AfterStop = { next: 'again'; news: string } | { next: 'out'; news: string };

const NEWS: Partial<Record<StopCode, string>> = {
  Left: 'You have left the meeting.',
  AudioJoinedFromAnotherDevice: 'You joined from another window or device, so this one has left.',
  AudioAttendeeRemoved: 'The same person joined elsewhere, or a host has removed you from the meeting.',
  MeetingEnded: 'The meeting was interrupted. You are joining again.',
};
const REMOVED = 'A host has removed you from the meeting.';
const CONNECTION_LOST = 'The connection was lost. You are joining again.';

/**
 * Decides whether a page whose session stopped joins again, and says why it stopped. Chime does not say why an attendee is gone;
 * `isRemoved` says that a host's page announced a removal.
 */
export function afterStop(code: StopCode, isRemoved = false): AfterStop {
  const news = code === 'AudioAttendeeRemoved' && isRemoved ? REMOVED : (NEWS[code] ?? CONNECTION_LOST);
  return { next: mayRejoin(code) ? 'again' : 'out', news };
}
