import { type Call, operation } from '../call.ts';
import { ChimeError } from '../errors.ts';
import { StartTranscriptionRequest, type TranscriptionConfiguration } from '../shapes/transcription.ts';
import { liveMeeting } from '../state/find.ts';

/**
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_StartMeetingTranscription.html
 * Nothing is transcribed, so starting twice is as good as once.
 */
export const startMeetingTranscription = operation({
  name: 'StartMeetingTranscription',
  method: 'POST',
  path: '/meetings/{MeetingId}/transcription',
  query: 'start',
  input: StartTranscriptionRequest,
  run(call, { MeetingId, TranscriptionConfiguration }) {
    liveMeeting(call, MeetingId);
    refuseEngines(call, TranscriptionConfiguration);
    return {};
  },
});

function refuseEngines({ state }: Call, configuration: TranscriptionConfiguration): void {
  const { EngineTranscribeSettings: standard, EngineTranscribeMedicalSettings: medical } = configuration;
  const refusal = (words: string) => new ChimeError(state.options.semanticError, words);
  if ((standard === undefined) === (medical === undefined)) throw refusal('Exactly one engine is required');
  if (standard && standard.LanguageCode === undefined && standard.IdentifyLanguage !== true) {
    throw refusal('Either LanguageCode or IdentifyLanguage is required');
  }
}
