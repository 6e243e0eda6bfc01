import type { Meeting } from '../meetings/meeting.ts';

/** What clients are sent about a transcription, with the names of the client's protocol. Instants: milliseconds since the epoch. */
export type TranscriptEvent =
  | { status: TranscriptionStatus }
  | { transcript: { results: TranscriptResult[] } };

export interface TranscriptionStatus {
  type: 'STARTED' | 'INTERRUPTED' | 'RESUMED' | 'STOPPED' | 'FAILED';
  eventTime: number;
  transcriptionRegion: string;
  /** JSON, with the member names of the request. */
  transcriptionConfiguration: string;
  message?: string;
}

export interface TranscriptResult {
  resultId: string;
  channelId: string;
  isPartial: boolean;
  startTime: number;
  endTime: number;
  languageCode?: string;
  alternatives: { transcript: string; items: TranscriptItem[]; entities: never[] }[];
}

export interface TranscriptItem {
  content: string;
  type: 'PRONUNCIATION' | 'PUNCTUATION';
  startTime: number;
  endTime: number;
  speakerAttendeeId: string;
  speakerExternalUserId: string;
  stable: boolean;
}

export type TranscriptListener = (meeting: Meeting, event: TranscriptEvent) => void;

/** Late transcripts, and the listeners of those that are due. */
export interface Transcripts {
  late: { meeting: Meeting; event: TranscriptEvent; due: number }[];
  listeners: Set<TranscriptListener>;
}
