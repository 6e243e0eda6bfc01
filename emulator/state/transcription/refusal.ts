import type { EngineTranscribeSettings } from '../../shapes/transcription.ts';

type Settings = EngineTranscribeSettings;

/** The combinations of settings that Transcribe refuses, with the reasons. */
const COMBINATIONS: [isWrong: (settings: Settings) => boolean, why: string][] = [
  [
    ({ LanguageCode, IdentifyLanguage }) => !LanguageCode && !IdentifyLanguage,
    'Either LanguageCode or IdentifyLanguage is required',
  ],
  [
    ({ IdentifyLanguage, LanguageModelName, ContentRedactionType }) =>
      Boolean(IdentifyLanguage && (LanguageModelName || ContentRedactionType)),
    'IdentifyLanguage cannot be combined with LanguageModelName or ContentRedactionType',
  ],
  [
    ({ LanguageOptions, IdentifyLanguage }) => Boolean(LanguageOptions && !IdentifyLanguage),
    'LanguageOptions needs IdentifyLanguage',
  ],
  [
    ({ LanguageOptions }) => LanguageOptions !== undefined && LanguageOptions.split(',').length < 2,
    'LanguageOptions needs two or more languages',
  ],
  [
    ({ LanguageOptions }) => hasTwoDialects(LanguageOptions?.split(',') ?? []),
    'LanguageOptions has two dialects of one language',
  ],
  [
    ({ PreferredLanguage, IdentifyLanguage, LanguageOptions }) =>
      Boolean(PreferredLanguage && !(IdentifyLanguage && LanguageOptions)),
    'PreferredLanguage needs IdentifyLanguage and LanguageOptions',
  ],
  [
    ({ VocabularyName, VocabularyFilterName, IdentifyLanguage }) =>
      Boolean(IdentifyLanguage && (VocabularyName || VocabularyFilterName)),
    'With IdentifyLanguage, VocabularyNames and VocabularyFilterNames are used',
  ],
  [
    ({ VocabularyNames, VocabularyFilterNames, IdentifyLanguage }) =>
      Boolean(!IdentifyLanguage && (VocabularyNames || VocabularyFilterNames)),
    'Without IdentifyLanguage, VocabularyName and VocabularyFilterName are used',
  ],
  [
    ({ ContentIdentificationType, ContentRedactionType }) =>
      Boolean(ContentIdentificationType && ContentRedactionType),
    'ContentIdentificationType and ContentRedactionType exclude each other',
  ],
  [
    ({ PiiEntityTypes, ContentIdentificationType, ContentRedactionType }) =>
      Boolean(PiiEntityTypes && !ContentIdentificationType && !ContentRedactionType),
    'PiiEntityTypes needs ContentIdentificationType or ContentRedactionType',
  ],
];

/** Why Transcribe refuses these settings, by the prose of the API reference; undefined if it accepts them. */
export function refusalOfTranscribe(settings: Settings): string | undefined {
  return COMBINATIONS.find(([isWrong]) => isWrong(settings))?.[1];
}

function hasTwoDialects(codes: string[]): boolean {
  const languages = codes.map((code) => code.split('-')[0]);
  return new Set(languages).size < languages.length;
}
