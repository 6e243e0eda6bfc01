import type { CaptionSettings } from './settings.ts';

/** What the hosts want of captions in this life of the name. The last wish counts. */
export interface CaptionsWish {
  /** Grows with each wish. */
  version: number;
  /** Absent: captions are off. */
  settings?: CaptionSettings;
  /** The request that recorded the wish. */
  by: string;
}

/** What Chime was last asked for in a primary. It is recorded before the call, so without it Chime was never asked. */
export interface CaptionsAsked {
  /** The wish that Chime answered; 0 before the first answer, and where Chime has to be asked again. */
  version: number;
  /** When Chime was asked (milliseconds since the epoch). Later events are about it. */
  at: number;
  /** The request that asked. */
  by: string;
  /** When the running stream of Amazon Transcribe was started (milliseconds since the epoch). A change of settings keeps it. */
  since?: number;
  /** When the latest event that was known then had happened (milliseconds since the epoch). A failure up to then is over. */
  seenAt?: number;
  /** While a request is asking Chime, or after it died. */
  lease?: { owner: string; until: number };
  /** Chime refused: the settings themselves, or because a quota of the account is used up. */
  refusal?: 'rejected' | 'limit';
}

/** What the latest of Chime's events said about the captions of a primary. */
export interface CaptionsSeen {
  state: 'on' | 'interrupted' | 'failed' | 'off';
  /** Of the event (milliseconds since the epoch). */
  at: number;
  /** Of events with the same instant, the one with the largest rank counts. */
  rank: number;
  message?: string;
}

/** The states that Chime's events tell: docs.aws.amazon.com/chime-sdk/latest/dg/transcription-events.html */
const STATES: Record<string, CaptionsSeen['state']> = {
  'chime:TranscriptionStarted': 'on',
  'chime:TranscriptionInterrupted': 'interrupted',
  'chime:TranscriptionResumed': 'on',
  'chime:TranscriptionFailed': 'failed',
  'chime:TranscriptionStopped': 'off',
};
const RANKED = Object.keys(STATES);
/** The longest message that is kept. It is cut between characters, because half of one is no valid text. */
const MOST_LETTERS = 300;

/** What an event says about captions; undefined for an event about anything else. */
export function captionsIn(event: {
  eventType: string;
  timestamp: number;
  message?: string;
}): CaptionsSeen | undefined {
  const { eventType, timestamp, message } = event;
  const state = STATES[eventType];
  if (!state) return undefined;
  const seen = { state, at: timestamp, rank: RANKED.indexOf(eventType) };
  return message ? { ...seen, message: [...message].slice(0, MOST_LETTERS).join('') } : seen;
}
