import type { Captions } from '../../../client/balcony.ts';

/** One result of the speech recognition: what one person said, or has said so far. */
export interface Heard {
  /** The same for all results of one utterance. */
  id: string;
  attendeeId: string;
  externalUserId: string;
  text: string;
  /** Whether the text may still change. */
  isPartial: boolean;
  language: string | undefined;
  /** When the utterance began, by Chime's clock (milliseconds since the epoch). */
  startedAt: number;
}

/** What the Chime client reports: a change of the state, or results. */
export interface ChimeTranscript {
  type?: string;
  results?: {
    resultId: string;
    isPartial: boolean;
    startTimeMs: number;
    languageCode?: string;
    alternatives: {
      transcript: string;
      items: { attendee: { attendeeId?: string; externalUserId?: string } }[];
    }[];
  }[];
}

const STATES: Record<string, Captions['state']> = {
  started: 'on',
  resumed: 'on',
  interrupted: 'interrupted',
  stopped: 'off',
  failed: 'failed',
};

/** The state that an event of the client reports; undefined for results. */
export const stateIn = ({ type = '' }: ChimeTranscript): Captions['state'] | undefined => STATES[type];

/** The results in an event of the client, each one line. The first alternative is the likeliest; its items name the speaker. */
export function heardIn({ results = [] }: ChimeTranscript): Heard[] {
  return results.map(({ resultId, isPartial, startTimeMs, languageCode, alternatives: [likeliest] }) => {
    const { attendee = {} } = likeliest?.items[0] ?? {};
    return {
      id: resultId,
      attendeeId: attendee.attendeeId ?? '',
      externalUserId: attendee.externalUserId ?? '',
      text: likeliest?.transcript.replace(/\s+/g, ' ').trim() ?? '',
      isPartial,
      language: languageCode,
      startedAt: Number(startTimeMs),
    };
  });
}
