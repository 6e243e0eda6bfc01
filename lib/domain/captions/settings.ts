/** The values of Chime's model: StartMeetingTranscription, API version 2021-07-15. */
export const CAPTION_LANGUAGES = [
  ...(['de-DE', 'en-AU', 'en-GB', 'en-US', 'es-US', 'fr-CA', 'fr-FR', 'hi-IN'] as const),
  ...(['it-IT', 'ja-JP', 'ko-KR', 'pt-BR', 'th-TH', 'zh-CN'] as const),
];
export const CAPTION_REGIONS = [
  ...([
    'auto',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
  ] as const),
  ...([
    'eu-west-1',
    'eu-west-2',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-gov-west-1',
    'us-west-2',
  ] as const),
];
const MEDICAL_REGIONS: readonly string[] = [
  ...['auto', 'ap-southeast-2', 'ca-central-1', 'eu-west-1', 'us-east-1', 'us-east-2', 'us-west-2'],
];
export const SPECIALTIES = [
  ...(['CARDIOLOGY', 'NEUROLOGY', 'ONCOLOGY', 'PRIMARYCARE', 'RADIOLOGY', 'UROLOGY'] as const),
];

/** What a host may set about captions: the members of Chime's two engines, in the casing of our API. */
export interface CaptionSettings {
  engine?: 'standard' | 'medical';
  languageCode?: (typeof CAPTION_LANGUAGES)[number];
  identifyLanguage?: true;
  languageOptions?: readonly string[];
  preferredLanguage?: (typeof CAPTION_LANGUAGES)[number];
  region?: (typeof CAPTION_REGIONS)[number];
  vocabularyName?: string;
  vocabularyNames?: readonly string[];
  vocabularyFilterName?: string;
  vocabularyFilterNames?: readonly string[];
  vocabularyFilterMethod?: 'remove' | 'mask' | 'tag';
  languageModelName?: string;
  partialResultsStability?: 'low' | 'medium' | 'high';
  contentIdentificationType?: 'PII' | 'PHI';
  contentRedactionType?: 'PII';
  piiEntityTypes?: readonly string[];
  specialty?: (typeof SPECIALTIES)[number];
  type?: 'CONVERSATION' | 'DICTATION';
}

interface Fault {
  field: keyof CaptionSettings;
  detail: string;
}
type Rule = [field: keyof CaptionSettings, breaks: (settings: CaptionSettings) => boolean, detail: string];

const OF_MEDICAL: readonly (keyof CaptionSettings)[] = [
  ...(['engine', 'languageCode', 'region', 'vocabularyName'] as const),
  ...(['contentIdentificationType', 'specialty', 'type'] as const),
];

/** Of the engine `medical`. */
const MEDICAL: readonly Rule[] = [
  ['languageCode', (s) => s.languageCode !== 'en-US', 'must be en-US with the engine medical'],
  ['specialty', (s) => s.specialty === undefined, 'is required with the engine medical'],
  ['type', (s) => s.type === undefined, 'is required with the engine medical'],
  [
    'region',
    (s) => s.region !== undefined && !MEDICAL_REGIONS.includes(s.region),
    `must be one of ${MEDICAL_REGIONS.join(', ')} with the engine medical`,
  ],
  [
    'contentIdentificationType',
    (s) => s.contentIdentificationType === 'PII',
    'must be PHI with the engine medical',
  ],
];

/** Of Transcribe's streams: docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_EngineTranscribeSettings.html */
const STANDARD: readonly Rule[] = [
  ['specialty', (s) => s.specialty !== undefined, 'needs the engine medical'],
  ['type', (s) => s.type !== undefined, 'needs the engine medical'],
  [
    'languageCode',
    (s) => (s.languageCode === undefined) === (s.identifyLanguage === undefined),
    'give either languageCode or identifyLanguage',
  ],
  ['languageModelName', (s) => has(s.languageModelName, s.identifyLanguage), 'excludes identifyLanguage'],
  [
    'contentRedactionType',
    (s) => has(s.contentRedactionType, s.identifyLanguage),
    'excludes identifyLanguage',
  ],
  ['languageOptions', (s) => has(s.languageOptions) && !s.identifyLanguage, 'needs identifyLanguage'],
  [
    'languageOptions',
    ({ languageOptions = [] }) => new Set(languageOptions.map(languageOf)).size < languageOptions.length,
    'must have one dialect of each language',
  ],
  ['preferredLanguage', (s) => has(s.preferredLanguage) && !s.languageOptions, 'needs languageOptions'],
  [
    'preferredLanguage',
    (s) => has(s.preferredLanguage) && !s.languageOptions?.includes(String(s.preferredLanguage)),
    'must be one of languageOptions',
  ],
  [
    'vocabularyName',
    (s) => has(s.vocabularyName, s.identifyLanguage),
    'give vocabularyNames with identifyLanguage',
  ],
  [
    'vocabularyFilterName',
    (s) => has(s.vocabularyFilterName, s.identifyLanguage),
    'give vocabularyFilterNames with identifyLanguage',
  ],
  ['vocabularyNames', (s) => has(s.vocabularyNames) && !s.identifyLanguage, 'needs identifyLanguage'],
  [
    'vocabularyFilterNames',
    (s) => has(s.vocabularyFilterNames) && !s.identifyLanguage,
    'needs identifyLanguage',
  ],
  [
    'contentIdentificationType',
    (s) => s.contentIdentificationType === 'PHI',
    'must be PII, unless the engine is medical',
  ],
  [
    'contentRedactionType',
    (s) => has(s.contentRedactionType, s.contentIdentificationType),
    'excludes contentIdentificationType',
  ],
  [
    'piiEntityTypes',
    (s) => has(s.piiEntityTypes) && !s.contentIdentificationType && !s.contentRedactionType,
    'needs contentIdentificationType or contentRedactionType',
  ],
];

const has = (...members: unknown[]): boolean => members.every((member) => member !== undefined);
const languageOf = (code: string) => code.split('-')[0];

/** The first member that Chime or Transcribe would refuse beside the others; undefined if they fit. */
export function captionsFault(settings: CaptionSettings): Fault | undefined {
  if (settings.engine !== 'medical') return broken(STANDARD, settings);
  const members = Object.keys(settings) as (keyof CaptionSettings)[];
  const foreign = members.find((member) => has(settings[member]) && !OF_MEDICAL.includes(member));
  return foreign ? { field: foreign, detail: 'does not fit the engine medical' } : broken(MEDICAL, settings);
}

function broken(rules: readonly Rule[], settings: CaptionSettings): Fault | undefined {
  const rule = rules.find(([, breaks]) => breaks(settings));
  return rule && { field: rule[0], detail: rule[2] };
}

/** Whether two settings ask for the same captions, in whatever order their members come. */
export function sameSettings(one: CaptionSettings | undefined, other: CaptionSettings | undefined): boolean {
  return textOf(one) === textOf(other);
}

const textOf = (settings: CaptionSettings | undefined) =>
  settings && JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
