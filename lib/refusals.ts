/**
 * Every refusal of this service. The code is part of the contract; the texts may change. Codes of 500 and above
 * reveal only the text here, so that no internals leak.
 */
export const refusals = {
  BAD_REQUEST: { status: 400, title: 'Bad request', detail: 'Change the request before sending it again.' },
  UNAUTHENTICATED: { status: 401, title: 'Unauthenticated', detail: 'Send a valid bearer token.' },
  FORBIDDEN: { status: 403, title: 'Forbidden', detail: 'This token does not allow that.' },
  BANNED: { status: 403, title: 'Banned', detail: 'A host has banned you from this meeting.' },
  MEETING_NOT_FOUND: { status: 404, title: 'Meeting not found', detail: 'No meeting has this name.' },
  NOT_PROMOTED: { status: 404, title: 'Not promoted', detail: 'This participant is not promoted.' },
  NOT_JOINED: { status: 409, title: 'Not joined', detail: 'This participant has not joined the meeting.' },
  ON_STAGE: { status: 409, title: 'On stage', detail: 'You are on stage already; you need no hand.' },
  MEETING_FULL: { status: 409, title: 'Meeting full', detail: 'Every seat is taken.' },
  STAGE_FULL: { status: 409, title: 'Stage full', detail: 'The stage has no free place.' },
  NOWHERE_ELSE: {
    status: 409,
    title: 'Nowhere else',
    detail: 'No other allowed media region is left. Lift another drain, or allow another media region.',
  },
  MEETING_ENDED: { status: 410, title: 'Meeting ended', detail: 'A host has ended this meeting.' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Payload too large', detail: 'Send a smaller body.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send JSON, with the header content-type: application/json.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait for the time in Retry-After, then retry.',
    retryAfterMs: 1000,
  },
  INTERNAL: { status: 500, title: 'Internal error', detail: 'An unexpected error. Quote the requestId.' },
  UPSTREAM_UNAVAILABLE: {
    status: 503,
    title: 'Upstream unavailable',
    detail: 'Wait for the time in Retry-After, then retry.',
    retryAfterMs: 2000,
  },
} as const satisfies Record<string, RefusalRow>;

interface RefusalRow {
  status: number;
  title: string;
  detail: string;
  /** When to retry, unless the refusal sets it. */
  retryAfterMs?: number;
}

export type RefusalCode = keyof typeof refusals;

/** What one refusal may add to its row of the table. */
export interface RefusalWords {
  /** What to do about it, in one sentence. Not shown for codes of 500 and above. */
  detail?: string;
  /** The path of the offending field: `meetingFeatures.Video.MaxResolution`. */
  field?: string;
  retryAfterMs?: number;
  /** For the log only. */
  cause?: unknown;
}

/** A request that is understood and refused. The client gets the row of its code as a problem document. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: RefusalCode, words: RefusalWords = {}) {
    super(words.detail ?? refusals[code].detail, { cause: words.cause });
    this.name = 'Refusal';
    this.code = code;
    this.detail = words.detail;
    this.field = words.field;
    this.retryAfterMs = words.retryAfterMs;
  }
}

/** The whole row of a code, with the optional members that not every row has. */
export function refusalRow(code: RefusalCode): RefusalRow {
  return refusals[code];
}
