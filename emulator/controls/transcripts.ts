import * as z from 'zod';
import { Declined, parsed } from '../declined.ts';
import { languages } from '../shapes/transcription.ts';
import type { ChimeState } from '../state/state.ts';
import { transcribe } from '../state/transcription/transcripts.ts';

const Spoken = z.strictObject({
  meetingId: z.string(),
  attendeeId: z.string(),
  text: z.string().trim().min(1).max(4096),
  isPartial: z.boolean().default(false),
  languageCode: z.enum(languages).optional(),
});

/** What an attendee says. Without `isPartial`, the text is settled; without `languageCode`, the transcription's own counts. */
export type SpokenText = z.input<typeof Spoken>;

/** Sends a transcript to the clients of a meeting, as if Transcribe had recognised it. Needs a running transcription. */
export function sendTranscript(state: ChimeState, spoken: unknown): { resultId: string } {
  const { meetingId, attendeeId, ...speech } = parsed(Spoken, spoken);
  const meeting = state.meetings.get(meetingId);
  if (!meeting || meeting.endedAt !== null) throw new Declined(`There is no live meeting ${meetingId}`);
  const { state: now, configuration } = meeting.transcription;
  if (now !== 'on') throw new Declined(`The transcription is ${now}`);
  const speaker = meeting.attendees.get(attendeeId);
  if (!speaker) throw new Declined(`There is no attendee ${attendeeId} in it`);
  if (!speaker.connected) throw new Declined('The attendee is not connected');
  const { EngineTranscribeSettings: standard, EngineTranscribeMedicalSettings: medical } =
    configuration ?? {};
  const usual = standard?.LanguageCode ?? standard?.PreferredLanguage ?? medical?.LanguageCode;
  const languageCode = speech.languageCode ?? usual;
  return { resultId: transcribe(state, meeting, speaker, { ...speech, languageCode }) };
}
