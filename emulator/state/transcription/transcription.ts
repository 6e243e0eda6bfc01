import type { TranscriptionConfiguration } from '../../shapes/transcription.ts';

/** The transcription of a meeting. */
export interface Transcription {
  state: 'off' | 'starting' | 'on' | 'interrupted' | 'failed';
  /** Of the last start; null while it is off. */
  configuration: TranscriptionConfiguration | null;
  /** When Transcribe answers the last start, while that is ahead. */
  dueAt: number | null;
  /** When the current stream of Transcribe began; null without one. */
  streamingSince: number | null;
}

/** A result of Transcribe that is not settled yet. */
export interface Utterance {
  resultId: string;
  channelId: string;
  startedAt: number;
}

export const NO_TRANSCRIPTION: Transcription = {
  ...{ state: 'off', configuration: null, dueAt: null, streamingSince: null },
};
