import { Refusal } from '../../client/refusal.ts';
import type { Waiting } from '../../client/types.ts';
import type { RefusalCode } from '../../lib/refusals.ts';

/** Why a person waits, as text for that person. */
export const WAITING: Readonly<Record<Waiting['reason'], string>> = {
  'no-presenter': 'No presenter is on stage yet. You are let in as soon as one is.',
  opening: 'Your seat is being opened. You are let in as soon as it is.',
  busy: 'Many people are joining at once. You are let in automatically.',
  unreachable: 'The service cannot be reached at the moment. The page retries automatically.',
};

/** The text for every refusal of the service. */
const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  BAD_REQUEST: 'The service did not accept this.',
  UNAUTHENTICATED: 'Your token is not valid here, or has expired. Sign in again.',
  FORBIDDEN: 'Your token does not allow this.',
  BANNED: 'A host has banned you from this meeting.',
  MEETING_NOT_FOUND: 'There is no meeting of this name yet. A host or presenter must open it.',
  NOT_PROMOTED: 'You are not on stage.',
  NOT_JOINED: 'They are not in the meeting, or not on stage.',
  ON_STAGE: 'You are on stage already.',
  MEETING_FULL: 'Every seat is taken. Try again later.',
  STAGE_FULL: 'The stage is full.',
  MEETING_ENDED: 'A host has ended this meeting.',
  PAYLOAD_TOO_LARGE: 'That was too much to send.',
  UNSUPPORTED_MEDIA_TYPE: 'The service did not understand the form of this request.',
  TOO_MANY_REQUESTS: 'There are too many requests. Try again in a moment.',
  INTERNAL: 'The service had an internal error.',
  UPSTREAM_UNAVAILABLE: 'The service is temporarily unavailable. Try again in a moment.',
};

/** Explains in plain words why an action failed. */
export function plainly(error: unknown): string {
  if (error instanceof Refusal) return [REFUSALS[error.code] ?? error.detail, more(error)].join(' ').trim();
  if (error instanceof TypeError)
    return 'The service cannot be reached. Look at your network, and try again.';
  return error instanceof Error ? error.message : String(error);
}

export type Device = 'microphone' | 'camera' | 'screen';

/** The names that browsers and the Chime client give to device errors. */
const DENIED = ['NotAllowedError', 'PermissionDeniedError', 'SecurityError'];
const MISSING = ['NotFoundError', 'DevicesNotFoundError', 'OverconstrainedError'];
const IN_USE = ['NotReadableError', 'TrackStartError', 'AbortError'];

/** Explains why a device cannot be used, and what to do. */
export function deviceWords(device: Device, error: unknown): string {
  const { name = '', message } = (error ?? {}) as Partial<Error>;
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
  return message || `Your ${device} cannot be used.`;
}

/** The service's own message, where it helps. */
function more({ status, code, detail, requestId }: Refusal): string {
  if (status >= 500) return requestId ? `(Request ${requestId}.)` : '';
  return code === 'BAD_REQUEST' || code === 'FORBIDDEN' ? detail : '';
}
