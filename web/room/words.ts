import type { Waiting } from '../../client/balcony.ts';
import { Refusal } from '../../client/refusal.ts';
import type { RefusalCode } from '../../lib/refusals.ts';

/** Why a person waits, as text for that person. */
export const WAITING: Readonly<Record<Waiting['reason'], string>> = {
  'not-started': 'The event has not started yet. You are let in when it starts.',
  'not-live': 'The hosts are still preparing. You are let in as soon as they start.',
  'no-presenter': 'No presenter is on stage yet. You are let in as soon as one is.',
  opening: 'A place is being prepared for you. You are let in as soon as it is ready.',
  busy: 'Many people are joining at once. You are let in automatically.',
  unreachable: 'The service cannot be reached at the moment. The page retries automatically.',
};

/** Why a person waits for the start of an event, with its time as their clock shows it. */
export function startWords(startsAt: string, now = new Date()): string {
  const start = new Date(startsAt);
  const isToday = start.toDateString() === now.toDateString();
  const when = start.toLocaleString(undefined, {
    ...(isToday ? {} : { weekday: 'long', day: 'numeric', month: 'long' }),
    hour: '2-digit',
    minute: '2-digit',
  });
  return `The event starts ${isToday ? 'at' : 'on'} ${when}. You are let in then. Keep this page open.`;
}

/** What a waiting host or presenter reads if Chime opens no meeting; the reason is under Details. */
export const PROBLEM = 'There is a problem. It is described under Details.';

/** The text for every refusal of the service. */
const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  BAD_REQUEST: 'The service did not accept what this page sent.',
  UNAUTHENTICATED: 'Your sign-in is not valid here, or has expired. Sign in again.',
  FORBIDDEN: 'Your sign-in does not allow this in this meeting.',
  BANNED: 'A host has banned you from this meeting.',
  MEETING_NOT_FOUND: 'There is no meeting of this name yet. A host or presenter must open it.',
  NOT_PROMOTED: 'You are not on stage.',
  NOT_JOINED: 'They are not in the meeting, or not on stage.',
  ON_STAGE: 'You are on stage already.',
  MEETING_FULL: 'The meeting is full. Try again later.',
  STAGE_FULL: 'The stage is full.',
  NOWHERE_ELSE: 'No other region is left for the viewers.',
  MEETING_ENDED: 'A host has ended this meeting.',
  PAYLOAD_TOO_LARGE: 'That was too much to send.',
  UNSUPPORTED_MEDIA_TYPE: 'The service did not understand this page. Reload the page, and try again.',
  TOO_MANY_REQUESTS: 'There are too many requests. Try again in a moment.',
  INTERNAL: 'The service failed. Try again, or report what is written under Details.',
  UPSTREAM_UNAVAILABLE: 'The service is temporarily unavailable. Try again in a moment.',
};

/** The labels of the form, by the fields of the service. */
const LABELS: Readonly<Record<string, string>> = {
  externalMeetingId: 'Meeting',
  displayName: 'Name that others see',
  mediaRegion: 'Connect through',
};

/** An error whose message is written for the person at the page. A `cause` is shown under Details only. */
export class PlainError extends Error {}

/** Explains why an action failed, in words for the person at the page. */
export function plainly(error: unknown): string {
  if (error instanceof Refusal) return refusalWords(error);
  if (error instanceof PlainError) return error.message;
  if (error instanceof TypeError)
    return 'The service cannot be reached. Look at your network, and try again.';
  return 'Something went wrong on this page. Reload the page, and try again.';
}

function refusalWords({ code, field = '' }: Refusal): string {
  const label = LABELS[field];
  if (code === 'BAD_REQUEST' && label)
    return `The service did not accept “${label}”. Change it, and try again.`;
  return REFUSALS[code] ?? REFUSALS.BAD_REQUEST;
}

/** What hosts, operators and the curious may want to know of a failure; empty if there is nothing. */
export function detailsOf(error: unknown): string {
  if (error instanceof Refusal) {
    const { code, status, detail, requestId } = error;
    return `${code} (${status}): ${detail}${requestId ? ` Request ${requestId}.` : ''}`;
  }
  if (error instanceof PlainError) return error.cause === undefined ? '' : detailsOf(error.cause);
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export type Device = 'microphone' | 'camera' | 'screen';

/** The names that browsers and the Chime client give to device errors. */
const DENIED = ['NotAllowedError', 'PermissionDeniedError', 'SecurityError'];
const MISSING = ['NotFoundError', 'DevicesNotFoundError', 'OverconstrainedError'];
const IN_USE = ['NotReadableError', 'TrackStartError', 'AbortError'];

/** Explains why a device cannot be used, and what to do. */
export function deviceWords(device: Device, error: unknown): string {
  if (error instanceof PlainError) return error.message;
  const { name = '' } = (error ?? {}) as Partial<Error>;
  if (device === 'screen') {
    if (DENIED.includes(name)) return 'Your screen is not shared: you or the browser declined it.';
    if (name.endsWith('TypeError')) return 'This browser cannot share a screen.';
  }
  if (DENIED.includes(name))
    return `The browser does not let this page use your ${device}. Allow it in the settings of this site, and press the button again.`;
  if (MISSING.includes(name)) return `No ${device} was found. Connect one, and press the button again.`;
  if (IN_USE.includes(name))
    return `Your ${device} cannot be used at the moment: another program may have it. Close that, and press the button again.`;
  if (name.endsWith('TypeError'))
    return `This page cannot use a ${device} here: browsers allow it on HTTPS pages only.`;
  return `Your ${device} cannot be used.`;
}

/** The news when a connection is lost. */
export const LOST = 'The connection was lost. It is being restored.';

/**
 * The news when it is restored, while the page shows these words. If other news came since the loss, it stays: that the person is on
 * stage again, for example.
 */
export function afterRestored(shown: string): string {
  return shown === LOST ? 'You are connected again.' : shown;
}
