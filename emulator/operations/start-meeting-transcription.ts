import { type Call, operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { StartTranscriptionRequest, type TranscriptionConfiguration } from '../shapes/transcription.ts';
import { liveMeeting } from '../state/meetings/find.ts';
import type { Meeting } from '../state/meetings/meeting.ts';
import { startTranscription } from '../state/transcription/lifecycle.ts';

/**
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_StartMeetingTranscription.html
 * A start of a running transcription changes its configuration. Chime passes the settings to Transcribe. Chime answers 200 to
 * settings that Transcribe refuses, and reports the failure by an event
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
    refuseReplica(call, meeting);
    startTranscription(call.state, meeting, { configuration: TranscriptionConfiguration, at: call.now });
    return {};
  },
});

function refuseEngines({ state }: Call, configuration: TranscriptionConfiguration): void {
  const { EngineTranscribeSettings: standard, EngineTranscribeMedicalSettings: medical } = configuration;
  const refusal = (words: string) => new ChimeError(state.options.semanticError, words);
  if ((standard === undefined) === (medical === undefined)) throw refusal('Exactly one engine is required');
}

/** What Chime answers for a replica is not documented. Viewers there get the transcripts of the primary. */
function refuseReplica({ state }: Call, { primaryMeetingId }: Meeting): void {
  const { transcriptionOfReplica } = state.options;
  if (primaryMeetingId === null || transcriptionOfReplica === 'accept') return;
  throw new ChimeError(transcriptionOfReplica, 'A replica meeting cannot be transcribed');
}
