import type { TranscriptionConfiguration } from '../../shapes/transcription.ts';

/** Where Transcribe runs for Chime: the values of the model besides `auto`. */
const OF_TRANSCRIBE = new Set(
  'ap-northeast-1 ap-northeast-2 ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 sa-east-1 us-east-1 us-east-2 us-gov-west-1 us-west-2'.split(
    ' ',
  ),
);

/** Where `auto` leads from media regions without Transcribe: docs.aws.amazon.com/chime-sdk/latest/dg/transcription-options.html */
const BY_AUTO: Record<string, string> = {
  'us-west-1': 'us-west-2',
  'af-south-1': 'eu-west-2',
  'ap-south-1': 'eu-west-2',
  'ap-southeast-1': 'ap-northeast-1',
  'eu-south-1': 'eu-central-1',
  'eu-west-3': 'eu-central-1',
  'eu-north-1': 'eu-central-1',
};

/** The region whose Transcribe a configuration asks for. A configuration without one asks for the meeting's media region. */
export function transcriptionRegion(configuration: TranscriptionConfiguration, mediaRegion: string): string {
  const { EngineTranscribeSettings, EngineTranscribeMedicalSettings } = configuration;
  const asked = EngineTranscribeSettings?.Region ?? EngineTranscribeMedicalSettings?.Region ?? mediaRegion;
  return asked === 'auto' ? autoRegion(mediaRegion) : asked;
}

/** The region that `auto` leads to from a media region. Transcribe may not run there (`hasTranscribe`). */
export const autoRegion = (mediaRegion: string): string => BY_AUTO[mediaRegion] ?? mediaRegion;

export const hasTranscribe = (region: string): boolean => OF_TRANSCRIBE.has(region);
