import {
  StartMeetingTranscriptionCommand,
  StopMeetingTranscriptionCommand,
  type TranscriptionConfiguration,
} from '@aws-sdk/client-chime-sdk-meetings';
import type { CaptionSettings } from '../domain/captions/settings.ts';
import { ask, type Limiter } from './ask.ts';
import { chime } from './client.ts';
import { type ChimeFailure, isChimeFailure } from './failure.ts';

/**
 * Start the transcription of a meeting, or change that of a running one. Chime answers before Transcribe does: an event tells
 * whether it runs. https://docs.aws.amazon.com/chime-sdk/latest/dg/initiate-transcription.html
 */
export async function startTranscription(
  limiter: Limiter,
  MeetingId: string,
  settings: CaptionSettings,
): Promise<'started' | ChimeFailure> {
  const command = new StartMeetingTranscriptionCommand({
    MeetingId,
    TranscriptionConfiguration: configurationOf(settings),
  });
  const answer = await ask(limiter, 'StartMeetingTranscription', () => chime().repeatable.send(command));
  return isChimeFailure(answer) ? answer : 'started';
}

/** Stop the transcription of a meeting. What Chime answers where there is none is not documented: any refusal counts as stopped. */
export async function stopTranscription(
  limiter: Limiter,
  MeetingId: string,
): Promise<'stopped' | ChimeFailure> {
  const command = new StopMeetingTranscriptionCommand({ MeetingId });
  const answer = await ask(limiter, 'StopMeetingTranscription', () => chime().repeatable.send(command));
  if (!isChimeFailure(answer)) return 'stopped';
  return answer === 'gone' || answer === 'rejected' || answer === 'limit' ? 'stopped' : answer;
}

/**
 * The configuration that Chime passes to Transcribe. Without a region, Chime would take the media region of the meeting, and some
 * have no Transcribe: `auto` takes the nearest that has.
 */
function configurationOf(settings: CaptionSettings): TranscriptionConfiguration {
  const { vocabularyName: VocabularyName, region: Region = 'auto' } = settings;
  if (settings.engine === 'medical') {
    const { languageCode, specialty, type, contentIdentificationType } = settings;
    const medical = {
      ...{ LanguageCode: languageCode, Specialty: specialty, Type: type, VocabularyName, Region },
      ContentIdentificationType: contentIdentificationType,
    };
    return { EngineTranscribeMedicalSettings: medical } as TranscriptionConfiguration;
  }
  const standard = {
    ...{ LanguageCode: settings.languageCode, IdentifyLanguage: settings.identifyLanguage, Region },
    LanguageOptions: settings.languageOptions?.join(','),
    PreferredLanguage: settings.preferredLanguage,
    VocabularyName,
    VocabularyNames: settings.vocabularyNames?.join(','),
    VocabularyFilterName: settings.vocabularyFilterName,
    VocabularyFilterNames: settings.vocabularyFilterNames?.join(','),
    VocabularyFilterMethod: settings.vocabularyFilterMethod,
    LanguageModelName: settings.languageModelName,
    EnablePartialResultsStabilization: settings.partialResultsStability && true,
    PartialResultsStability: settings.partialResultsStability,
    ContentIdentificationType: settings.contentIdentificationType,
    ContentRedactionType: settings.contentRedactionType,
    PiiEntityTypes: settings.piiEntityTypes?.join(','),
  };
  return { EngineTranscribeSettings: standard } as TranscriptionConfiguration;
}
