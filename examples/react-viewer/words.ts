import type { RefusalCode, Waiting } from 'balcony-client';
import type { StopCode } from 'balcony-client/react';

/** Why a viewer has no seat yet. */
export const WAITING: Record<Waiting['reason'], string> = {
  'not-started': 'The event has not started yet.',
  'not-live': 'The hosts are still preparing.',
  'no-presenter': 'No presenter is on stage yet.',
  opening: 'A place is being prepared for you.',
  busy: 'Many people are joining at once.',
  unreachable: 'The service cannot be reached at the moment.',
};

/** Why the service refuses a join. */
export const REFUSED: Partial<Record<RefusalCode, string>> = {
  BANNED: 'A host has banned you from this meeting.',
  MEETING_ENDED: 'A host has ended this meeting.',
  MEETING_FULL: 'The meeting is full.',
  MEETING_NOT_FOUND: 'There is no meeting of this name yet.',
  UNAUTHENTICATED: 'Sign in again.',
};

/** Why a session stopped for good. */
export const ENDED: Partial<Record<StopCode, string>> = {
  AudioJoinedFromAnotherDevice: 'You joined from another window or device.',
  AudioAttendeeRemoved: 'The same person joined elsewhere, or a host has removed you.',
};
