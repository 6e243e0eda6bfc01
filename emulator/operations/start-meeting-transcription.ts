import { type Call, operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { StartTranscriptionRequest, type TranscriptionConfiguration } from '../shapes/transcription.ts';
import { emit } from '../state/events.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import { refusalOfTranscribe } from '../state/transcription.ts';

/**
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_StartMeetingTranscription.html
 * Nothing is transcribed, so starting is idempotent. Chime passes the settings to Transcribe. Chime answers 200 to settings
 * that Transcribe refuses, and reports the failure by an event
 * (https://docs.aws.amazon.com/chime-sdk/latest/dg/initiate-transcription.html).
 */
export const startMeetingTranscription = operation({
  name: 'StartMeetingTranscription',
  method: 'POST',
  path: '/meetings/{MeetingId}/transcription',
  query: 'start',
  input: StartTranscriptionRequest,
  run(call, { MeetingId, TranscriptionConfiguration }) {
    const meeting = liveMeeting(call, MeetingId);
    refuseEngines(call, TranscriptionConfiguration);
    const { EngineTranscribeSettings: settings } = TranscriptionConfiguration;
    const message = settings && refusalOfTranscribe(settings);
    if (message) {
      const transcriptionConfiguration = JSON.stringify(TranscriptionConfiguration);
      const more = { transcriptionConfiguration, message };
      emit(call.state, meeting, { eventType: 'TranscriptionFailed', at: call.now, more });
    }
    return {};
  },
});

function refuseEngines({ state }: Call, configuration: TranscriptionConfiguration): void {
  const { EngineTranscribeSettings: standard, EngineTranscribeMedicalSettings: medical } = configuration;
  const refusal = (words: string) => new ChimeError(state.options.semanticError, words);
  if ((standard === undefined) === (medical === undefined)) throw refusal('Exactly one engine is required');
}
