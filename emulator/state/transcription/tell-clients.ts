import type { Meeting } from '../meetings/meeting.ts';
import type { ChimeState } from '../state.ts';
import type { TranscriptEvent } from './transcript-events.ts';

/** Sends an event to the clients of a meeting after a delay; without one at once. */
export function tellClients(state: ChimeState, meeting: Meeting, event: TranscriptEvent, delayMs = 0): void {
  state.transcripts.late.push({ meeting, event, due: state.clock.now() + delayMs });
  sendDueTranscripts(state);
}

/** Sends the transcripts that are due, in the order of the due times. */
export function sendDueTranscripts({ transcripts, clock }: ChimeState): void {
  const now = clock.now();
  const due = transcripts.late.filter((each) => each.due <= now);
  transcripts.late = transcripts.late.filter((each) => each.due > now);
  for (const { meeting, event } of due.sort((one, other) => one.due - other.due))
    for (const listener of transcripts.listeners) listener(meeting, event);
}
