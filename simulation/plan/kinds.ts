/**
 * The kinds of disturbance that a seed may play, beside the interleaving and the failures of single requests. Each seed draws a
 * few of them, so that each is also seen alone. A kind whose faults are not fixed yet can be left out of `PLAYED` until they
 * are.
 */
export const KINDS = [
  /** Responses come up to almost an attempt's timeout late, for a whole seed: a brown-out. */
  'slow',
  /** A function that is out of time answers 503, is frozen, and may be thawed later. A reconciler pauses for seconds. */
  'freeze',
  /** The clocks of two containers differ by up to the stated bound. */
  'skew',
  /** Two names in one account, and two hosts for each. */
  'names',
  /** Mute-all, PATCH of capabilities, PUT of seats, PUT of other options, and an un-ban. */
  'verbs',
  /** People connect to Chime, drop, reconnect without a request to us, and leave. */
  'connections',
  /** Every undocumented switch of Chime, at random. */
  'switches',
  /** Limits of the account, and media regions that refuse, come and go. */
  'limits',
  /** An eventually consistent read gives data up to a second old. */
  'old-reads',
  /** Items vanish at any time after they expire. */
  'ttl',
  /** Pages are reloaded: the leave request of the former session and the next join overlap. */
  'reloads',
  /** Hosts open and close the curtain, and set and move the start of the event. */
  'shows',
  /** Hosts drain media regions, with and without evacuation, and lift that. */
  'drains',
  /** Hosts turn captions on, change them and turn them off; long streams of Transcribe end or fail. */
  'captions',
] as const;

export type Kind = (typeof KINDS)[number];

/** The kinds that seeds draw from. */
export const PLAYED: readonly Kind[] = KINDS;

/** The probability with which a seed draws each kind that is played. */
export const SHARE = 0.3;
